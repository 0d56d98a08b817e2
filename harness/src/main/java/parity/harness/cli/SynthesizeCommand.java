package parity.harness.cli;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import parity.cosyvoice.synthesis.Delivery;
import parity.cosyvoice.synthesis.SynthesisOptions;
import parity.harness.cli.options.ComputeOptions;
import parity.harness.cli.options.ModelOptions;
import parity.harness.cli.options.SaidOptions;
import parity.harness.cli.options.SoundOptions;
import parity.harness.cli.options.VoiceOptions;
import parity.harness.console.StandardOutput;
import parity.harness.speak.Speak;
import parity.harness.speak.SpeakRequest;
import parity.harness.speak.Spoken;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Speaks, in Java alone. */
@Command(
    name = "synthesize",
    description = "Speaks a text in somebody's voice, without Python.",
    footer = {
      "",
      "  ./parity synthesize --model-dir D --prompt-wav W --prompt-text 'What W says.' --text 'Hello!' -o hello.wav",
      "  ./parity synthesize --model-dir D --voice V --text-file - --stream -o - < book.txt | aplay"
    })
final class SynthesizeCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Mixin private final ModelOptions model = new ModelOptions();

  @Option(
      names = "--llm",
      paramLabel = "FILE",
      defaultValue = "llm.pt",
      description =
          "File of the language model in that folder: llm.pt or llm.rl.pt (default: llm.pt).")
  @SuppressWarnings("NullAway.Init") // has a default
  private String llm;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Seed of the random draws, as in torch.manual_seed(N) (default: another one each time).")
  private @Nullable Long seed;

  @Option(
      names = "--speed",
      paramLabel = "X",
      defaultValue = "1",
      description = "Speed of speech; 2 is twice as fast (default: 1).")
  private double speed;

  @Option(names = "--stream", description = "Make and write the sound chunk by chunk.")
  private boolean stream;

  @Option(
      names = "--last-chunk",
      paramLabel = "HOW",
      defaultValue = "whole",
      description =
          "How to make the last chunk of a stream: whole, as upstream does, or blocks, which is half"
              + " the work (default: whole).")
  @SuppressWarnings("NullAway.Init") // has a default
  private LastChunkChoice lastChunk;

  @Mixin private final VoiceOptions voice = new VoiceOptions();
  @Mixin private final SaidOptions said = new SaidOptions();
  @Mixin private final SoundOptions sound;
  @Mixin private final ComputeOptions compute = new ComputeOptions();

  /** Values of {@code --last-chunk}. */
  enum LastChunkChoice {
    WHOLE,
    BLOCKS
  }

  SynthesizeCommand() {
    this(StandardOutput::ofProcess);
  }

  /**
   * With another standard output.
   *
   * @param standardOutput where the bytes of {@code -o -} go
   */
  SynthesizeCommand(Supplier<OutputStream> standardOutput) {
    sound = new SoundOptions(standardOutput);
  }

  @Override
  public Integer call() {
    ModelOptions.Chosen chosen = model.get(System.getenv());
    boolean sample = chosen.sample();
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter talk = sound.isPipe() ? spec.commandLine().getErr() : out;
    PrintWriter watcher = compute.json() ? new PrintWriter(Writer.nullWriter()) : talk;
    SpeakRequest request =
        new SpeakRequest(
            chosen.folder(),
            SynthesisOptions.upstream().withThreads(compute.threads()).withLlm(llm),
            voice.source(sample),
            said.content(voice.savesVoice()),
            seed != null ? OptionalLong.of(seed) : OptionalLong.empty(),
            speed,
            delivery(),
            said.textFrontend(),
            sound.target());
    if (sample) {
      watcher.println("the sample model: its weights are random, and so is what it says");
    }
    Optional<Spoken> spoken = Speak.run(request, watcher);
    spoken.ifPresent(result -> {
      watcher.println(sound.name() + ": " + result.line());
      if (compute.json()) {
        talk.println(result.json());
      }
    });
    return 0;
  }

  private Delivery delivery() {
    if (!stream) {
      return Delivery.WHOLE;
    }
    return switch (lastChunk) {
      case WHOLE -> Delivery.STREAMED;
      case BLOCKS -> Delivery.STREAMED_IN_BLOCKS;
    };
  }
}
