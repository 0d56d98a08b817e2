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
 * {@code campplus.onnx}: whose voice it is ({@code _extract_spk_embedding} of {@code
 * cosyvoice/cli/frontend.py}).
 */
public final class SpeakerEncoder implements AutoCloseable {
  private static final int NUM_MEL_BINS = 80;

  private final Path file;
  private final Session session;
  private final int spkEmbedDim;
  private final Port feats;
  private final Port embedding;

  private SpeakerEncoder(Path file, Session session, int spkEmbedDim) {
    List<Port> inputs = session.inputPorts();
    List<Port> outputs = session.outputPorts();
    if (inputs.size() != 1 || !inputs.get(0).fits("FLOAT", 1, -1, NUM_MEL_BINS)) {
      throw Ports.mismatch(file, "inputs", inputs, "FLOAT [1, frames, 80]");
    }
    if (outputs.isEmpty() || !outputs.get(0).fits("FLOAT", 1, spkEmbedDim)) {
      throw Ports.mismatch(file, "outputs", outputs, "FLOAT [1, " + spkEmbedDim + "]");
    }
    this.file = file;
    this.session = session;
    this.spkEmbedDim = spkEmbedDim;
    this.feats = inputs.get(0);
    this.embedding = outputs.get(0);
  }

  /**
   * Opens the model, on one thread as upstream does.
   *
   * @param spkEmbedDim size of the embedding, {@code spk_embed_dim} of {@code cosyvoice3.yaml}
   * @throws BadInputException if the file is missing, no ONNX model, or a model of other inputs or
   *     outputs
   */
  public static SpeakerEncoder open(Path file, int spkEmbedDim) {
    Session session = Session.open(file, 1);
    try {
      return new SpeakerEncoder(file, session, spkEmbedDim);
    } catch (BadInputException e) {
      session.close();
      throw e;
    }
  }

  /**
   * @param fbank [M, 80] float32, its mean over time still in it
   * @param arena where the result lives
   * @return [1, spkEmbedDim] float32
   * @throws BadInputException if the model cannot be run, or gives an embedding of another size
   */
  public Tensor run(Tensor fbank, Arena arena) {
    try (Arena own = Arena.ofConfined()) {
      Tensor found =
          session.run(Map.of(feats.name(), lessMean(fbank, own)), embedding.name(), arena);
      if (found.elements() != spkEmbedDim) {
        throw new BadInputException(
            file + ": embedding of shape " + found.shape() + ", expected [1, " + spkEmbedDim + "]");
      }
      return found.reshape(1, spkEmbedDim);
    }
  }

  /** {@code feat - feat.mean(dim=0, keepdim=True)}, [M, 80] -> [1, M, 80]. */
  private static Tensor lessMean(Tensor fbank, Arena arena) {
    int bins = Math.toIntExact(fbank.shape().dim(1));
    double[] mean = new double[bins];
    for (long i = 0; i < fbank.elements(); i++) {
      mean[(int) (i % bins)] += fbank.getFloat(i) / (double) fbank.shape().dim(0);
    }
    Tensor feat = Tensor.allocate(DType.F32, Shape.of(1, fbank.shape().dim(0), bins), arena);
    for (long i = 0; i < fbank.elements(); i++) {
      feat.setFloat(i, fbank.getFloat(i) - (float) mean[(int) (i % bins)]);
    }
    return feat;
  }

  @Override
  public void close() {
    session.close();
  }
}
