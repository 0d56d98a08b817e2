package parity.tensors;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import parity.tensors.PickleValue.Dict;
import parity.tensors.PickleValue.Function;
import parity.tensors.PickleValue.Ignored;
import parity.tensors.PickleValue.Int;
import parity.tensors.PickleValue.Str;
import parity.tensors.PickleValue.Tuple;

/**
 * Reads a pickle as data. Nothing is ever executed: of pickle's opcodes only those are known that
 * {@code torch.save} writes for a {@code state_dict} (protocol 2), and of Python's names only those
 * of {@link TorchGlobals}. Work and memory are bounded by the number of operations.
 */
final class Pickle {
  /** A state_dict takes about 250 bytes and 40 operations for a tensor. */
  static final long MAX_BYTES = 32 << 20;

  static final int MAX_OPERATIONS = 1_000_000;

  private static final int MARK = '(';
  private static final int STOP = '.';
  private static final int PROTO = 0x80;
  private static final int GLOBAL = 'c';
  private static final int REDUCE = 'R';
  private static final int BUILD = 'b';
  private static final int PERSISTENT = 'Q';
  private static final int NONE = 'N';
  private static final int TRUE = 0x88;
  private static final int FALSE = 0x89;
  private static final int INT = 'J';
  private static final int INT1 = 'K';
  private static final int INT2 = 'M';
  private static final int LONG1 = 0x8a;
  private static final int FLOAT = 'G';
  private static final int UNICODE = 'X';
  private static final int EMPTY_TUPLE = ')';
  private static final int TUPLE = 't';
  private static final int TUPLE1 = 0x85;
  private static final int TUPLE2 = 0x86;
  private static final int TUPLE3 = 0x87;
  private static final int EMPTY_LIST = ']';
  private static final int APPEND = 'a';
  private static final int APPENDS = 'e';
  private static final int EMPTY_DICT = '}';
  private static final int SET_ITEM = 's';
  private static final int SET_ITEMS = 'u';
  private static final int PUT = 'q';
  private static final int LONG_PUT = 'r';
  private static final int GET = 'h';
  private static final int LONG_GET = 'j';

  private final MappedFile file;
  private final PickleInput in;
  private final Map<Integer, PickleValue> memo = new HashMap<>();
  private final Deque<List<PickleValue>> belowMarks = new ArrayDeque<>();
  private List<PickleValue> stack = new ArrayList<>();

  private Pickle(MappedFile file, MemorySegment pickle) {
    this.file = file;
    this.in = new PickleInput(file, pickle);
  }

  /**
   * The value of a pickle.
   *
   * @param file whose pickle it is, for messages
   * @throws BadInput if it is broken, or asks for anything that a state_dict has no need of
   */
  static PickleValue read(MappedFile file, MemorySegment pickle) {
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
        return pop();
      }
      execute(opcode);
    }
    throw bad("takes more than " + MAX_OPERATIONS + " operations");
  }

  private void execute(int opcode) {
    switch (opcode) {
      case PROTO -> requireProtocol(in.u8());
      case MARK -> {
        belowMarks.push(stack);
        stack = new ArrayList<>();
      }
      case NONE -> push(Ignored.NONE);
      case TRUE, FALSE -> push(Ignored.BOOLEAN);
      case FLOAT -> {
        in.signed(Double.BYTES);
        push(Ignored.FLOAT);
      }
      case INT -> push(new Int(in.signed(Integer.BYTES)));
      case INT1 -> push(new Int(in.u8()));
      case INT2 -> push(new Int(in.u16()));
      case LONG1 -> push(new Int(in.signed(in.u8())));
      case UNICODE -> push(new Str(in.utf8(in.length())));
      case EMPTY_TUPLE -> push(new Tuple(List.of()));
      case TUPLE -> push(new Tuple(popToMark()));
      case TUPLE1 -> push(new Tuple(pop(1)));
      case TUPLE2 -> push(new Tuple(pop(2)));
      case TUPLE3 -> push(new Tuple(pop(3)));
      case EMPTY_LIST -> push(Ignored.LIST);
      case APPEND -> append(pop(1));
      case APPENDS -> append(popToMark());
      case EMPTY_DICT -> push(new Dict(new LinkedHashMap<>(), new ArrayList<>()));
      case SET_ITEM -> setItems(pop(2));
      case SET_ITEMS -> setItems(popToMark());
      case PUT -> memo.put(in.u8(), top());
      case LONG_PUT -> memo.put(in.length(), top());
      case GET -> push(recall(in.u8()));
      case LONG_GET -> push(recall(in.length()));
      case GLOBAL -> push(TorchGlobals.find(file, in.line(), in.line()));
      case PERSISTENT -> push(TorchGlobals.storage(file, pop()));
      case REDUCE -> reduce();
      case BUILD -> build();
      default ->
          throw bad(
              String.format(
                  "asks at byte %d for opcode 0x%02x%s, which no state_dict needs; save the"
                      + " state_dict alone, with torch.save's default pickle protocol",
                  in.position() - 1, opcode, name(opcode)));
    }
  }

  /** The opcodes that would call or look up something, for the message. */
  private static String name(int opcode) {
    return switch (opcode) {
      case 'i' -> " (INST)";
      case 'o' -> " (OBJ)";
      case 'P' -> " (PERSID)";
      case 0x81 -> " (NEWOBJ)";
      case 0x82, 0x83, 0x84 -> " (EXT)";
      case 0x92 -> " (NEWOBJ_EX)";
      case 0x93 -> " (STACK_GLOBAL)";
      default -> "";
    };
  }

  private void requireProtocol(int protocol) {
    if (protocol != 2) {
      throw bad(
          "is of pickle protocol "
              + protocol
              + "; expected 2, so save it again with torch.save's default");
    }
  }

  private void reduce() {
    PickleValue arguments = pop();
    PickleValue function = pop();
    if (function instanceof Function f && arguments instanceof Tuple tuple) {
      push(TorchGlobals.call(file, f, tuple.items()));
    } else {
      throw bad("calls " + function.kind() + " with " + arguments.kind());
    }
  }

  /** What a dict has besides its items: {@code _metadata}, the versions of the modules. */
  private void build() {
    pop();
    if (!(top() instanceof Dict)) {
      throw bad("sets the state of " + top().kind() + "; only a dict may have one");
    }
  }

  private void append(List<PickleValue> items) {
    if (top() != Ignored.LIST) {
      throw bad("appends " + items.size() + " items to " + top().kind());
    }
  }

  private void setItems(List<PickleValue> items) {
    if (!(top() instanceof Dict dict) || items.size() % 2 != 0) {
      throw bad("sets " + items.size() + " keys and values of " + top().kind());
    }
    for (int i = 0; i < items.size(); i += 2) {
      if (items.get(i) instanceof Str key) {
        dict.named().put(key.value(), items.get(i + 1));
      } else {
        dict.others().add(items.get(i + 1));
      }
    }
  }

  private void push(PickleValue value) {
    stack.add(value);
  }

  private PickleValue top() {
    if (stack.isEmpty()) {
      throw bad("takes a value from an empty stack at byte " + in.position());
    }
    return stack.getLast();
  }

  private PickleValue pop() {
    PickleValue value = top();
    stack.removeLast();
    return value;
  }

  private List<PickleValue> pop(int count) {
    List<PickleValue> items = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      items.addFirst(pop());
    }
    return items;
  }

  private List<PickleValue> popToMark() {
    if (belowMarks.isEmpty()) {
      throw bad("lacks the mark that byte " + (in.position() - 1) + " goes back to");
    }
    List<PickleValue> items = stack;
    stack = belowMarks.pop();
    return items;
  }

  private PickleValue recall(int index) {
    PickleValue value = memo.get(index);
    if (value == null) {
      throw bad("recalls value " + index + ", which it never put away");
    }
    return value;
  }

  private BadInput bad(String message) {
    return in.bad(message);
  }
}
