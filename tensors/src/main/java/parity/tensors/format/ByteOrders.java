package parity.tensors.format;

import java.lang.foreign.MemorySegment;
import parity.tensors.DType;
import parity.tensors.Little;

/** Turns big-endian numbers round. */
final class ByteOrders {
  private ByteOrders() {}

  /** Swaps the bytes of all numbers; a complex one is two. */
  static void swap(DType dtype, MemorySegment data) {
    int width = dtype.isComplex() ? dtype.bytes() / 2 : dtype.bytes();
    for (long at = 0; at < data.byteSize(); at += width) {
      switch (width) {
        case Long.BYTES -> data.set(Little.LONG, at, Long.reverseBytes(data.get(Little.LONG, at)));
        case Integer.BYTES ->
            data.set(Little.INT, at, Integer.reverseBytes(data.get(Little.INT, at)));
        case Short.BYTES ->
            data.set(Little.SHORT, at, Short.reverseBytes(data.get(Little.SHORT, at)));
        default -> {} // one byte has no order
      }
    }
  }
}
