package parity.tensors.pickle;

import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import parity.tensors.BadInputException;
import parity.tensors.Text;
import parity.tensors.file.MappedFile;
import parity.tensors.pickle.PickleValue.Big;
import parity.tensors.pickle.PickleValue.Int;

/** The bytes of a pickle, read in order; whatever reaches past them is refused. */
final class PickleInput {
  /** Far more than a seed or a checksum takes, and few enough to print. */
  private static final int MAX_NUMBER = 1024;

  private final MappedFile file;
  private final ByteBuffer bytes;

  PickleInput(MappedFile file, MemorySegment pickle) {
    this.file = file;
    this.bytes = pickle.asByteBuffer();
  }

  /** How many bytes have been read. */
  int position() {
    return bytes.position();
  }

  int u8() {
    return Byte.toUnsignedInt(take(1).get());
  }

  int u16() {
    return u8() | (u8() << 8);
  }

  /** A size or a place, of four bytes. */
  int length() {
    int length = (int) signed(Integer.BYTES);
    if (length < 0) {
      throw bad("has a length over 2 GB at byte " + (position() - Integer.BYTES));
    }
    return length;
  }

  /** A size of eight bytes. */
  int longLength() {
    long length = signed(Long.BYTES);
    if (length < 0 || length > Integer.MAX_VALUE) {
      throw bad("has a length over 2 GB at byte " + (position() - Long.BYTES));
    }
    return (int) length;
  }

  /** A little-endian number in two's complement, of at most 8 bytes; none of no bytes is 0. */
  long signed(int size) {
    ByteBuffer number = take(size);
    long value = size == 0 || number.get(size - 1) >= 0 ? 0 : -1;
    for (int i = size - 1; i >= 0; i--) {
      value = (value << 8) | Byte.toUnsignedInt(number.get(i));
    }
    return value;
  }

  /** The same of any size. */
  PickleValue number(int size) {
    if (size <= Long.BYTES) {
      return new Int(signed(size));
    }
    if (size > MAX_NUMBER) {
      throw bad("has a number of " + size + " bytes");
    }
    ByteBuffer number = take(size);
    byte[] reversed = new byte[size];
    for (int i = 0; i < size; i++) {
      reversed[size - 1 - i] = number.get(i);
    }
    BigInteger value = new BigInteger(reversed);
    return value.bitLength() < Long.SIZE ? new Int(value.longValue()) : new Big(value);
  }

  /** Eight bytes, the highest first. */
  double real() {
    return take(Double.BYTES).getDouble();
  }

  String utf8(int size) {
    int at = position();
    return Text.utf8(take(size)).orElseThrow(() -> bad("has a text that is not UTF-8 at " + at));
  }

  /** Bytes, each as the character of its number. */
  String latin1(int size) {
    return StandardCharsets.ISO_8859_1.decode(take(size)).toString();
  }

  /** Up to the next end of line, without it. */
  String line() {
    int size = 0;
    while (size < bytes.remaining() && bytes.get(position() + size) != '\n') {
      size++;
    }
    String line = utf8(size);
    take(1);
    return line;
  }

  BadInputException bad(String message) {
    return file.bad("its data.pkl " + message);
  }

  private ByteBuffer take(int size) {
    if (size > bytes.remaining()) {
      throw bad("breaks off at byte " + position());
    }
    ByteBuffer taken = bytes.slice(position(), size);
    bytes.position(position() + size);
    return taken;
  }
}
