package parity.tensors.pickle;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a pickle has made so far: its stack, the marks in it, and what it put away by number. */
final class PickleStack {
  private final PickleInput in;
  private final Map<Integer, PickleValue> memo = new HashMap<>();
  private final Deque<List<PickleValue>> belowMarks = new ArrayDeque<>();
  private List<PickleValue> stack = new ArrayList<>();

  /**
   * An empty stack.
   *
   * @param in for messages
   */
  PickleStack(PickleInput in) {
    this.in = in;
  }

  void push(PickleValue value) {
    stack.add(value);
  }

  void mark() {
    belowMarks.push(stack);
    stack = new ArrayList<>();
  }

  PickleValue top() {
    if (stack.isEmpty()) {
      throw in.bad("takes a value from an empty stack at byte " + in.position());
    }
    return stack.getLast();
  }

  PickleValue pop() {
    PickleValue value = top();
    stack.removeLast();
    return value;
  }

  List<PickleValue> pop(int count) {
    List<PickleValue> items = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      items.addFirst(pop());
    }
    return items;
  }

  List<PickleValue> popToMark() {
    if (belowMarks.isEmpty()) {
      throw in.bad("lacks the mark that byte " + (in.position() - 1) + " goes back to");
    }
    List<PickleValue> items = stack;
    stack = belowMarks.pop();
    return items;
  }

  /** Drops a value; where there is none, the mark. */
  void drop() {
    if (stack.isEmpty()) {
      popToMark();
    } else {
      pop();
    }
  }

  void put(int index) {
    memo.put(index, top());
  }

  /** Puts the top away under the next number. */
  void putNext() {
    put(memo.size());
  }

  void recall(int index) {
    PickleValue value = memo.get(index);
    if (value == null) {
      throw in.bad("recalls value " + index + ", which it never put away");
    }
    push(value);
  }
}
