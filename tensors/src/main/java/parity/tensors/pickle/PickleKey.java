package parity.tensors.pickle;

import parity.tensors.BadInputException;
import parity.tensors.pickle.PickleValue.Big;
import parity.tensors.pickle.PickleValue.Bool;
import parity.tensors.pickle.PickleValue.Bytes;
import parity.tensors.pickle.PickleValue.ElementType;
import parity.tensors.pickle.PickleValue.Int;
import parity.tensors.pickle.PickleValue.Named;
import parity.tensors.pickle.PickleValue.None;
import parity.tensors.pickle.PickleValue.Real;
import parity.tensors.pickle.PickleValue.Str;
import parity.tensors.pickle.PickleValue.Tuple;

/** By what a dict tells its keys apart: equal for two keys exactly if Python holds them equal. */
final class PickleKey {
  /** Tuples in tuples in tuples are no keys that anybody has. */
  private static final int MAX_DEPTH = 8;

  private static final int MAX_LENGTH = 1 << 20;

  private final PickleInput in;
  private final StringBuilder key = new StringBuilder();

  private PickleKey(PickleInput in) {
    this.in = in;
  }

  /**
   * The key as a text of ours.
   *
   * @param in for messages
   * @throws BadInputException if it can be no key, or is too large for one
   */
  static String of(PickleInput in, PickleValue value) {
    if (value instanceof Str(String text)) {
      return "s" + text;
    }
    PickleKey key = new PickleKey(in);
    key.add(value, 0);
    return key.key.toString();
  }

  private void add(PickleValue value, int depth) {
    switch (value) {
      case Str(String text) -> sized('s', text);
      case Bytes(String bytes) -> sized('b', bytes);
      case Int(long number) -> sized('n', Long.toString(number));
      case Big(var number) -> sized('n', number.toString());
      case Bool(boolean set) -> sized('n', set ? "1" : "0");
      case Real(double number) -> sized('n', number(number));
      case None none -> key.append('N');
      case ElementType type -> sized('t', type.name());
      case Named(String name) -> sized('t', name);
      case Tuple(var items) when depth < MAX_DEPTH -> {
        key.append('(');
        for (PickleValue item : items) {
          add(item, depth + 1);
        }
        key.append(')');
      }
      default -> throw in.bad("has " + value.kind() + " as a key of a dict");
    }
  }

  /** A whole number reads as an integer does. */
  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1L << 62
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private void sized(char sort, String text) {
    if (text.length() > MAX_LENGTH - key.length()) {
      throw in.bad("has a key of more than " + MAX_LENGTH + " characters");
    }
    key.append(sort).append(text.length()).append(':').append(text);
  }
}
