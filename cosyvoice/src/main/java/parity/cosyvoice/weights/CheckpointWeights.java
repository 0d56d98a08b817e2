package parity.cosyvoice.weights;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import parity.cosyvoice.onnx.Weights;
import parity.tensors.BadInputException;
import parity.tensors.DType;
import parity.tensors.Tensor;
import parity.tensors.TensorInfo;
import parity.tensors.Text;
import parity.tensors.checkpoint.Checkpoint;
import parity.tensors.file.FileSlice;

/**
 * The float32 weights in a {@code .pt} file. Tensors are on the mapped file, and end when this is
 * closed.
 */
public final class CheckpointWeights implements Weights, AutoCloseable {
  private final Checkpoint checkpoint;

  /** Names as the modules have them, and as the file has them. */
  private final Map<String, String> names;

  private final Set<String> used = ConcurrentHashMap.newKeySet();

  /** What is taken out of all names of the file. */
  private final String dropped;

  private CheckpointWeights(Checkpoint checkpoint, Map<String, String> names, String dropped) {
    this.checkpoint = checkpoint;
    this.names = names;
    this.dropped = dropped;
  }

  /**
   * Opens {@code llm.pt} or {@code flow.pt}.
   *
   * @throws BadInputException if the file is no checkpoint
   */
  public static CheckpointWeights open(Path file) {
    return open(file, "");
  }

  /**
   * Opens {@code hift.pt}, whose names may have {@code generator.} in them: it is taken out
   * wherever it stands.
   *
   * <p>Reference: cli/model.py, {@code CosyVoiceModel.load}.
   *
   * @throws BadInputException if the file is no checkpoint, or two names become one
   */
  public static CheckpointWeights openVocoder(Path file) {
    return open(file, "generator.");
  }

  private static CheckpointWeights open(Path file, String dropped) {
    Checkpoint checkpoint = Checkpoint.open(file);
    try {
      Map<String, String> names = new TreeMap<>();
      for (String inFile : checkpoint.names()) {
        String name = inFile.replace(dropped, "");
        String other = names.put(name, inFile);
        if (other != null) {
          throw new BadInputException(
              "%s: tensors %s and %s are both %s without '%s'; expected one of them"
                  .formatted(
                      file, Text.shown(other), Text.shown(inFile), Text.shown(name), dropped));
        }
      }
      return new CheckpointWeights(checkpoint, names, dropped);
    } catch (BadInputException e) {
      checkpoint.close();
      throw e;
    }
  }

  /**
   * The same weights, if upstream's strict loading takes them; if not, the file is closed. Only
   * names and shapes are looked at. The halves of a weight norm are then called as PyTorch calls
   * them since 2.1, as its {@code load_state_dict} does with older names.
   *
   * @throws BadInputException which names what is unexpected, missing or of another shape
   */
  public CheckpointWeights strict(StateDict expected) {
    StateDictDifference difference = difference(expected);
    if (!difference.isEmpty()) {
      close();
      throw new BadInputException(source() + ": " + difference);
    }
    return new CheckpointWeights(checkpoint, expected.renamed(names), dropped);
  }

  /** Tensors that the graphs read and cannot, as they are not float32: one phrase each. */
  public List<String> notFloat32(StateDict expected) {
    return expected.renamed(names).entrySet().stream()
        .filter(tensor -> expected.reads(tensor.getKey()))
        .map(tensor -> Map.entry(tensor.getKey(), checkpoint.info(tensor.getValue())))
        .filter(tensor -> tensor.getValue().dtype() != DType.F32)
        .map(tensor -> Text.quote(tensor.getKey()) + " is " + tensor.getValue())
        .toList();
  }

  /** How the file differs from what upstream's strict loading takes. */
  public StateDictDifference difference(StateDict expected) {
    SortedMap<String, StateDictDifference.Found> found = new TreeMap<>();
    checkpoint
        .notTensors()
        .forEach((name, kind) ->
            found.put(
                name.replace(dropped, ""), new StateDictDifference.Found(kind, Optional.empty())));
    names.forEach((name, inFile) -> {
      TensorInfo info = checkpoint.info(inFile);
      found.put(name, new StateDictDifference.Found(info.toString(), Optional.of(info.shape())));
    });
    return StateDictDifference.of(expected, found);
  }

  @Override
  public String source() {
    return checkpoint.path().toString();
  }

  /**
   * {@inheritDoc}
   *
   * @throws BadInputException if there is none, or it is not float32, which all of CosyVoice3's are
   */
  @Override
  public Tensor get(String name) {
    Tensor tensor = checkpoint.get(inFile(name));
    if (tensor.dtype() != DType.F32) {
      throw new BadInputException(
          "%s: tensor %s is %s; only float32 checkpoints, such as the released ones, can be used"
              .formatted(source(), name, tensor));
    }
    used.add(name);
    return tensor;
  }

  @Override
  public boolean contains(String name) {
    return names.containsKey(name);
  }

  @Override
  public Optional<FileSlice> slice(String name) {
    return checkpoint.slice(inFile(name));
  }

  private String inFile(String name) {
    String inFile = names.get(name);
    if (inFile == null) {
      throw new BadInputException(
          "%s: tensor %s is missing among its %d; expected the checkpoint that the configuration"
                  .formatted(source(), name, names.size())
              + " is for");
    }
    return inFile;
  }

  /**
   * Names that nobody has asked for yet, sorted. Once a part of the model is built, they do not
   * belong to it.
   */
  public List<String> unused() {
    return names.keySet().stream().filter(name -> !used.contains(name)).toList();
  }

  /** Tells one model's checkpoint from another's, whatever it is called: see {@link Checkpoint}. */
  public String fingerprint() {
    return checkpoint.fingerprint();
  }

  @Override
  public void requireUnchanged() {
    checkpoint.requireUnchanged();
  }

  /** Unmaps the file. */
  @Override
  public void close() {
    checkpoint.close();
  }
}
