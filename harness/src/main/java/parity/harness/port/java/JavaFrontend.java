package parity.harness.port.java;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import parity.cosyvoice.audio.file.AudioFile;
import parity.cosyvoice.frontend.Frontend;
import parity.harness.capture.Mode;
import parity.harness.port.Answers;
import parity.harness.port.PortContext;
import parity.harness.port.Scope;
import parity.tensors.BadInputException;
import parity.tensors.Tensor;

/** The frontend: listens to the recordings. */
public final class JavaFrontend extends JavaPort {
  private final PortContext context;

  /** Of a capture's recordings. */
  public JavaFrontend(PortContext context, Scope scope) {
    super(scope);
    this.context = context;
  }

  @Override
  public void run(Answers answers, Arena arena) {
    context.log().line("=== Checking ONNX Frontend Parity ===");
    Map<String, Tensor> made = new LinkedHashMap<>();
    Path prompt = recording(context.recordings().prompt(), "recording", "prompt");
    boolean converted = context.capture().settings().mode() == Mode.VC;
    try (Frontend frontend = Frontend.open(context.modelDir(), context.config())) {
      made.putAll(frontend.run(prompt, arena).byName());
      if (converted) {
        Path source = recording(context.recordings().source(), "converted recording", "source");
        made.putAll(frontend.source(source, arena).byName());
      }
    }
    made.forEach((name, tensor) -> {
      if (answers.wants(name)) {
        answers.tensor(name, tensor);
      }
    });
  }

  private Path recording(Optional<Path> found, String what, String which) {
    String name = context.capture().metadata().get(which + "_wav");
    Path wav =
        found.orElseThrow(() ->
            new BadInputException(
                "the frontend needs the %s of the capture%s; give --%s-wav"
                    .formatted(what, name == null ? "" : ", " + name, which)));
    try (Arena own = Arena.ofConfined()) {
      AudioFile audio = AudioFile.read(wav, own);
      context
          .log()
          .line("Loaded wav: %d samples, sr %d", audio.speech().elements(), audio.sampleRate());
    }
    return wav;
  }
}
