package parity.cosyvoice;

import java.util.Optional;
import parity.cosyvoice.onnx.Weights;
import parity.tensors.Tensor;
import parity.tensors.file.FileSlice;

/** A checkpoint in which one tensor is another. */
public record OneOther(Weights weights, String other, Tensor tensor) implements Weights {
  @Override
  public void requireUnchanged() {
    weights.requireUnchanged();
  }

  @Override
  public String source() {
    return weights.source();
  }

  @Override
  public Tensor get(String name) {
    return name.equals(other) ? tensor : weights.get(name);
  }

  @Override
  public boolean contains(String name) {
    return name.equals(other) || weights.contains(name);
  }

  @Override
  public Optional<FileSlice> slice(String name) {
    return name.equals(other) ? Optional.empty() : weights.slice(name);
  }
}
