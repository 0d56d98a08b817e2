package parity.cosyvoice.onnx;

import java.util.Optional;
import parity.tensors.Tensor;
import parity.tensors.file.FileSlice;

/** For graphs that need none. */
public record NoWeights() implements Weights {
  @Override
  public void requireUnchanged() {}

  @Override
  public String source() {
    return "none";
  }

  @Override
  public Tensor get(String name) {
    throw new AssertionError(name);
  }

  @Override
  public boolean contains(String name) {
    return false;
  }

  @Override
  public Optional<FileSlice> slice(String name) {
    return Optional.empty();
  }
}
