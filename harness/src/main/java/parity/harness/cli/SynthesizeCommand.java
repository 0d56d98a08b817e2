package parity.harness.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import parity.cosyvoice.synthesis.Delivery;
import parity.cosyvoice.synthesis.SynthesisOptions;
import parity.harness.run.ProjectHome;
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

  @Option(
      names = "--model-dir",
      paramLabel = "DIR",
      description =
          "Release folder of the model (default: samples/model, whose weights are random, and so is"
              + " what it says).")
  private @Nullable Path modelDir;

  @Option(
      names = "--llm",
      paramLabel = "FILE",
      defaultValue = "llm.pt",
      description = "The language model in that folder: llm.pt or llm.rl.pt (default: llm.pt).")
  @SuppressWarnings("NullAway.Init") // has a default
  private String llm;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of the random draws, as torch.manual_seed(N) (default: another every time).")
  private @Nullable Long seed;

  @Option(
      names = "--speed",
      paramLabel = "X",
      defaultValue = "1",
      description = "2 is twice as fast (default: 1).")
  private double speed;

  @Option(names = "--stream", description = "Make and write the sound chunk by chunk.")
  private boolean stream;

  @Option(
      names = "--last-chunk",
      paramLabel = "HOW",
      defaultValue = "whole",
      description =
          "The last chunk of a stream: whole, as upstream makes it, or blocks, for half the work"
              + " (default: whole).")
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
    this(() -> new FileOutputStream(FileDescriptor.out));
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
    boolean sample = modelDir == null;
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter talk = sound.isPipe() ? spec.commandLine().getErr() : out;
    PrintWriter watcher = compute.json() ? new PrintWriter(Writer.nullWriter()) : talk;
    SpeakRequest request =
        new SpeakRequest(
            modelDir != null ? modelDir : ProjectHome.find().sampleModel(),
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
