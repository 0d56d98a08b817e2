package parity.cosyvoice.onnx;

import java.nio.file.Path;

/** A run of bytes of a file, which ONNX Runtime maps instead of copying. */
public record FileSlice(Path file, long offset, long length) {}
