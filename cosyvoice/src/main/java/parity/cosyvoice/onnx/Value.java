package parity.cosyvoice.onnx;

/** A named edge of a {@link Graph}: an input, a weight, or the output of a node. */
public record Value(String name) {}
