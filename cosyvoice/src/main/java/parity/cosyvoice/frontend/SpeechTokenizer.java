package parity.cosyvoice.frontend;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import parity.cosyvoice.onnx.Port;
import parity.cosyvoice.onnx.Session;
import parity.tensors.BadInputException;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/**
 * {@code speech_tokenizer_v3.onnx}: 25 tokens for a second of speech ({@code _extract_speech_token}
 * of {@code cosyvoice/cli/frontend.py}).
 */
public final class SpeechTokenizer implements AutoCloseable {
  private static final int N_MELS = 128;

  private final Path file;
  private final Session session;
  private final Port feats;
  private final Port length;
  private final Port tokens;

  private SpeechTokenizer(Path file, Session session) {
    List<Port> inputs = session.inputPorts();
    List<Port> outputs = session.outputPorts();
    if (inputs.size() != 2
        || !inputs.get(0).fits("FLOAT", 1, N_MELS, -1)
        || !inputs.get(1).fits("INT32", 1)) {
      throw Ports.mismatch(file, "inputs", inputs, "FLOAT [1, 128, frames] and INT32 [1]");
    }
    if (outputs.isEmpty() || !isTokens(outputs.get(0))) {
      throw Ports.mismatch(file, "outputs", outputs, "INT32 or INT64 tokens");
    }
    this.file = file;
    this.session = session;
    this.feats = inputs.get(0);
    this.length = inputs.get(1);
    this.tokens = outputs.get(0);
  }

  private static boolean isTokens(Port output) {
    return output.type().equals("INT32") || output.type().equals("INT64");
  }

  /**
   * Opens the model, on one thread as upstream does.
   *
   * @throws BadInputException if the file is missing, no ONNX model, or a model of other inputs or
   *     outputs
   */
  public static SpeechTokenizer open(Path file) {
    Session session = Session.open(file, 1);
    try {
      return new SpeechTokenizer(file, session);
    } catch (BadInputException e) {
      session.close();
      throw e;
    }
  }

  /**
   * @param whisperMel [1, 128, F] float32
   * @param arena where the result lives
   * @return [1, n] int32
   * @throws BadInputException if the model cannot be run, or gives a token that is no int32
   */
  public Tensor run(Tensor whisperMel, Arena arena) {
    int frames = Math.toIntExact(whisperMel.shape().dim(2));
    Tensor frameCount = Tensor.ofInts(Shape.of(1), frames);
    try (Arena own = Arena.ofConfined()) {
      Tensor found =
          session.run(
              Map.of(feats.name(), whisperMel, length.name(), frameCount), tokens.name(), own);
      return flatten(found, arena);
    }
  }

  private Tensor flatten(Tensor found, Arena arena) {
    Tensor flat = Tensor.allocate(DType.I32, Shape.of(1, found.elements()), arena);
    for (long i = 0; i < found.elements(); i++) {
      long token = found.getLong(i);
      if (token != (int) token) {
        throw new BadInputException(file + ": token " + i + " is " + token + ", expected an int32");
      }
      flat.setInt(i, (int) token);
    }
    return flat;
  }

  @Override
  public void close() {
    session.close();
  }
}
