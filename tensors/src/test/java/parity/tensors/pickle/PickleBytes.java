package parity.tensors.pickle;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes pickles for tests, opcode by opcode. */
public final class PickleBytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public PickleBytes() {
    op(0x80, 2);
  }

  /** Opcodes and their one-byte arguments, as they are. */
  public PickleBytes op(int... bytes) {
    for (int b : bytes) {
      out.write(b);
    }
    return this;
  }

  public PickleBytes global(String module, String name) {
    out.writeBytes(("c" + module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
    return this;
  }

  public PickleBytes text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    op('X').int32(bytes.length);
    out.writeBytes(bytes);
    return this;
  }

  public PickleBytes number(long value) {
    op(0x8a, 8);
    out.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
    return this;
  }

  public PickleBytes int32(int value) {
    out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
    return this;
  }

  public PickleBytes tuple(long... values) {
    op('(');
    for (long value : values) {
      number(value);
    }
    return op('t');
  }

  /** A key and a float32 tensor on storage {@code data/0} under it, for a dict with a mark. */
  public PickleBytes tensor(String key, long elements, long offset, long[] size, long[] stride) {
    return text(key).tensor("FloatStorage", "0", elements, offset, size, stride);
  }

  public PickleBytes tensor(
      String type, String storage, long elements, long offset, long[] size, long[] stride) {
    return global("torch._utils", "_rebuild_tensor_v2")
        .op('(', '(')
        .text("storage")
        .global("torch", type)
        .text(storage)
        .text("cpu")
        .number(elements)
        .op('t', 'Q')
        .number(offset)
        .tuple(size)
        .tuple(stride)
        .op(0x89)
        .global("collections", "OrderedDict")
        .op(')', 'R', 't', 'R');
  }

  public byte[] toBytes() {
    return out.toByteArray();
  }
}
