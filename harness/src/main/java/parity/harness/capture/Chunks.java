package parity.harness.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parity.tensors.DType;
import parity.tensors.Tensor;

/**
 * What every chunk of a streaming run was given and returned, by upstream's own schedule.
 *
 * @param count how many chunks there are
 */
public record Chunks(Captured file, int count) {
  /**
   * The chunks of a capture; none where the run did not stream, or was not captured so.
   *
   * @throws Blocked if the capture says that it has chunks, and has lost them
   */
  public static Optional<Chunks> of(Capture capture) {
    Optional<Integer> said = capture.settings().chunks();
    if (capture.chunks().isEmpty() && said.isEmpty()) {
      return Optional.empty();
    }
    Captured file =
        new Captured(
            capture
                .chunks()
                .orElseThrow(() ->
                    new Blocked(
                        "%s is missing; the capture streamed in %d chunks, put the file back"
                                .formatted(Capture.CHUNKS, said.orElseThrow())
                            + " beside the others, or capture again")));
    long count =
        said.map(Long::valueOf)
            .orElseGet(
                () -> file.get(TensorNames.TOKEN_OFFSET, DType.I32, Captured.ANY).elements());
    Chunks chunks = new Chunks(file, Math.toIntExact(count));
    chunks.requireTables();
    return Optional.of(chunks);
  }

  private void requireTables() {
    table(TensorNames.TOKEN_OFFSET, DType.I32);
    table(TensorNames.SPEECH_OFFSET, DType.I32);
    table(TensorNames.STREAMING, DType.BOOL);
    table(TensorNames.FINALIZE, DType.BOOL);
  }

  /** A table with a number a chunk. */
  public Tensor table(String name, DType dtype) {
    return file.get(name, dtype, count);
  }

  public int tokenOffset(int chunk) {
    return Math.toIntExact(table(TensorNames.TOKEN_OFFSET, DType.I32).getLong(chunk));
  }

  public int speechOffset(int chunk) {
    return Math.toIntExact(table(TensorNames.SPEECH_OFFSET, DType.I32).getLong(chunk));
  }

  public boolean streaming(int chunk) {
    return table(TensorNames.STREAMING, DType.BOOL).getLong(chunk) != 0;
  }

  public boolean isFinal(int chunk) {
    return table(TensorNames.FINALIZE, DType.BOOL).getLong(chunk) != 0;
  }

  /** A tensor of a chunk. */
  public Tensor get(String name, int chunk, DType dtype, long... dims) {
    return file.get(TensorNames.ofChunk(name, chunk), dtype, dims);
  }

  /** The tensors of that name of all chunks. */
  public List<Tensor> all(String name, DType dtype, long... dims) {
    List<Tensor> tensors = new ArrayList<>();
    for (int chunk = 0; chunk < count; chunk++) {
      tensors.add(get(name, chunk, dtype, dims));
    }
    return tensors;
  }
}
