package parity.tensors.file;

import java.nio.file.Path;

/**
 * A run of bytes of a file, which can be mapped again or handed to another reader instead of being
 * copied.
 */
public record FileSlice(Path file, long offset, long length) {}
