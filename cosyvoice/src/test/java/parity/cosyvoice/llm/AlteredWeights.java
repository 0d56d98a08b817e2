package parity.cosyvoice.llm;

import java.util.Optional;
import parity.cosyvoice.onnx.Weights;
import parity.tensors.Tensor;
import parity.tensors.file.FileSlice;

/** A checkpoint in which one tensor is another. */
record AlteredWeights(Weights weights, String altered, Tensor tensor) implements Weights {
  @Override
  public String source() {
    return weights.source();
  }

  @Override
  public Tensor get(String name) {
    return name.equals(altered) ? tensor : weights.get(name);
  }

  @Override
  public boolean contains(String name) {
    return name.equals(altered) || weights.contains(name);
  }

  @Override
  public Optional<FileSlice> slice(String name) {
    return name.equals(altered) ? Optional.empty() : weights.slice(name);
  }
}
