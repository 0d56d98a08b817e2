package parity.tensors.pickle;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import parity.tensors.BadInputException;
import parity.tensors.file.MappedFile;
import parity.tensors.pickle.PickleValue.Bool;
import parity.tensors.pickle.PickleValue.Bytes;
import parity.tensors.pickle.PickleValue.Callable;
import parity.tensors.pickle.PickleValue.Dict;
import parity.tensors.pickle.PickleValue.Int;
import parity.tensors.pickle.PickleValue.Made;
import parity.tensors.pickle.PickleValue.Members;
import parity.tensors.pickle.PickleValue.None;
import parity.tensors.pickle.PickleValue.Real;
import parity.tensors.pickle.PickleValue.Sequence;
import parity.tensors.pickle.PickleValue.Str;
import parity.tensors.pickle.PickleValue.TorchTensor;
import parity.tensors.pickle.PickleValue.Tuple;

/**
 * Reads a pickle as data. Nothing is ever executed: of Python's names only those of {@link
 * TorchGlobals} are known, and what they would make is made by {@link TorchCalls}, as values. Work
 * and memory are bounded by the number of operations. Source: CPython's {@code Lib/pickle.py},
 * protocols 2 to 5, as {@code torch.save} writes them.
 */
public final class Pickle {
  /** A state_dict takes about 250 bytes and 40 operations for a tensor. */
  static final long MAX_BYTES = 32 << 20;

  public static final int MAX_OPERATIONS = 1_000_000;

  private static final int STOP = '.';
  private static final int FIRST_PROTOCOL = 2;
  private static final int LAST_PROTOCOL = 5;

  private final MappedFile file;
  private final PickleInput in;
  private final PickleStack stack;
  private final TorchCalls calls;

  private Pickle(MappedFile file, MemorySegment pickle) {
    this.file = file;
    this.in = new PickleInput(file, pickle);
    this.stack = new PickleStack(in);
    this.calls = new TorchCalls(file);
  }

  /**
   * The value of a pickle.
   *
   * @param file whose pickle it is, for messages
   * @throws BadInputException if it is broken, or asks for anything that a checkpoint has no need
   *     of
   */
  public static PickleValue read(MappedFile file, MemorySegment pickle) {
    if (pickle.byteSize() > MAX_BYTES) {
      throw file.bad(
          "its data.pkl takes " + pickle.byteSize() + " bytes; at most " + MAX_BYTES + " are read");
    }
    return new Pickle(file, pickle).run();
  }

  private PickleValue run() {
    for (int n = 0; n < MAX_OPERATIONS; n++) {
      int opcode = in.u8();
      if (opcode == STOP) {
        return stack.pop();
      }
      if (!value(opcode) && !container(opcode) && !memory(opcode) && !object(opcode)) {
        throw in.bad(
            String.format(
                "asks at byte %d for opcode 0x%02x%s, which no checkpoint needs; save the"
                    + " state_dict alone, with torch.save's default pickle protocol",
                in.position() - 1, opcode, name(opcode)));
      }
    }
    throw in.bad("takes more than " + MAX_OPERATIONS + " operations");
  }

  /** Numbers, texts and bytes. */
  private boolean value(int opcode) {
    switch (opcode) {
      case 'N' -> stack.push(None.NONE); // NONE
      case 0x88 -> stack.push(new Bool(true)); // NEWTRUE
      case 0x89 -> stack.push(new Bool(false)); // NEWFALSE
      case 'J' -> stack.push(new Int(in.signed(Integer.BYTES))); // BININT
      case 'K' -> stack.push(new Int(in.u8())); // BININT1
      case 'M' -> stack.push(new Int(in.u16())); // BININT2
      case 0x8a -> stack.push(in.number(in.u8())); // LONG1
      case 0x8b -> stack.push(in.number(in.length())); // LONG4
      case 'G' -> stack.push(new Real(in.real())); // BINFLOAT
      case 'X' -> stack.push(new Str(in.utf8(in.length()))); // BINUNICODE
      case 0x8c -> stack.push(new Str(in.utf8(in.u8()))); // SHORT_BINUNICODE
      case 0x8d -> stack.push(new Str(in.utf8(in.longLength()))); // BINUNICODE8
      case 'C', 'U' -> stack.push(new Bytes(in.latin1(in.u8()))); // SHORT_BINBYTES, _BINSTRING
      case 'B', 'T' -> stack.push(new Bytes(in.latin1(in.length()))); // BINBYTES, BINSTRING
      case 0x8e -> stack.push(new Bytes(in.latin1(in.longLength()))); // BINBYTES8
      case 0x96 -> // BYTEARRAY8
          stack.push(
              calls.call(TorchFunction.BYTEARRAY, List.of(new Bytes(in.latin1(in.longLength())))));
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean container(int opcode) {
    switch (opcode) {
      case '(' -> stack.mark(); // MARK
      case ')' -> stack.push(new Tuple(List.of())); // EMPTY_TUPLE
      case 't' -> stack.push(new Tuple(stack.popToMark())); // TUPLE
      case 0x85 -> stack.push(new Tuple(stack.pop(1))); // TUPLE1
      case 0x86 -> stack.push(new Tuple(stack.pop(2))); // TUPLE2
      case 0x87 -> stack.push(new Tuple(stack.pop(3))); // TUPLE3
      case ']' -> stack.push(new Sequence(new ArrayList<>())); // EMPTY_LIST
      case 'a' -> append(stack.pop(1)); // APPEND
      case 'e' -> append(stack.popToMark()); // APPENDS
      case '}' -> stack.push(Dict.empty()); // EMPTY_DICT
      case 's' -> setItems(stack.pop(2)); // SETITEM
      case 'u' -> setItems(stack.popToMark()); // SETITEMS
      case 0x8f -> stack.push(new Members(new ArrayList<>())); // EMPTY_SET
      case 0x90 -> add(stack.popToMark()); // ADDITEMS
      case 0x91 -> stack.push(new Members(stack.popToMark())); // FROZENSET
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean memory(int opcode) {
    switch (opcode) {
      case 'q' -> stack.put(in.u8()); // BINPUT
      case 'r' -> stack.put(in.length()); // LONG_BINPUT
      case 0x94 -> stack.putNext(); // MEMOIZE
      case 'h' -> stack.recall(in.u8()); // BINGET
      case 'j' -> stack.recall(in.length()); // LONG_BINGET
      case '0' -> stack.drop(); // POP
      case '1' -> stack.popToMark(); // POP_MARK
      case '2' -> stack.push(stack.top()); // DUP
      case 0x95 -> in.signed(Long.BYTES); // FRAME: how far to read ahead
      case 0x80 -> requireProtocol(in.u8()); // PROTO
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean object(int opcode) {
    switch (opcode) {
      case 'c' -> stack.push(TorchGlobals.find(file, in.line(), in.line())); // GLOBAL
      case 0x93 -> global(stack.pop(2)); // STACK_GLOBAL
      case 'Q' -> stack.push(calls.storage(stack.pop())); // BINPERSID
      case 'R', 0x81 -> call(stack.pop(2)); // REDUCE, NEWOBJ
      case 'b' -> build(stack.pop()); // BUILD
      default -> {
        return false;
      }
    }
    return true;
  }

  /** The opcodes that would call or look up something, for the message. */
  private static String name(int opcode) {
    return switch (opcode) {
      case 'i' -> " (INST)";
      case 'o' -> " (OBJ)";
      case 'P' -> " (PERSID)";
      case 0x82, 0x83, 0x84 -> " (EXT)";
      case 0x92 -> " (NEWOBJ_EX)";
      default -> "";
    };
  }

  private void requireProtocol(int protocol) {
    if (protocol < FIRST_PROTOCOL || protocol > LAST_PROTOCOL) {
      throw in.bad(
          "is of pickle protocol "
              + protocol
              + "; expected "
              + FIRST_PROTOCOL
              + " to "
              + LAST_PROTOCOL
              + ", so save it again with torch.save's default");
    }
  }

  private void global(List<PickleValue> names) {
    if (!(names.get(0) instanceof Str(String module))
        || !(names.get(1) instanceof Str(String name))) {
      throw in.bad("asks for a name that is " + names.get(1).kind() + ", not a text");
    }
    stack.push(TorchGlobals.find(file, module, name));
  }

  private void call(List<PickleValue> of) {
    if (of.get(0) instanceof Callable(TorchFunction function)
        && of.get(1) instanceof Tuple(List<PickleValue> arguments)) {
      stack.push(calls.call(function, arguments));
    } else {
      throw in.bad("calls " + of.get(0).kind() + " with " + of.get(1).kind());
    }
  }

  /** What hangs on an object: {@code _metadata} on a dict, attributes on a tensor. */
  private void build(PickleValue state) {
    switch (stack.top()) {
      case Dict dict -> dict.states().add(state);
      case TorchTensor tensor -> tensor.states().add(state);
      case Made made -> made.states().add(state);
      default ->
          throw in.bad(
              "sets the state of "
                  + stack.top().kind()
                  + "; only a dict, a tensor and an array may have one");
    }
  }

  private void append(List<PickleValue> items) {
    if (!(stack.top() instanceof Sequence(List<PickleValue> list))) {
      throw in.bad("appends " + items.size() + " items to " + stack.top().kind());
    }
    list.addAll(items);
  }

  private void add(List<PickleValue> items) {
    if (!(stack.top() instanceof Members(List<PickleValue> set))) {
      throw in.bad("adds " + items.size() + " items to " + stack.top().kind());
    }
    set.addAll(items);
  }

  private void setItems(List<PickleValue> items) {
    if (!(stack.top() instanceof Dict dict) || items.size() % 2 != 0) {
      throw in.bad("sets " + items.size() + " keys and values of " + stack.top().kind());
    }
    for (int i = 0; i < items.size(); i += 2) {
      PickleValue key = items.get(i);
      dict.items()
          .merge(
              PickleKey.of(in, key),
              new Dict.Item(key, items.get(i + 1)),
              // As Python has it: the first key stays, the last value counts.
              (old, item) -> new Dict.Item(old.key(), item.value()));
    }
  }
}
