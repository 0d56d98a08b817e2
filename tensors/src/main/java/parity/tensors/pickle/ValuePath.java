package parity.tensors.pickle;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import parity.tensors.file.MappedFile;
import parity.tensors.pickle.PickleValue.Int;
import parity.tensors.pickle.PickleValue.Str;

/** Where a value stands in another: {@code a.0} for {@code value['a'][0]}. */
public final class ValuePath {
  /** The whole value. */
  public static final ValuePath ROOT = new ValuePath(null, "", "");

  private final @Nullable ValuePath parent;
  private final String plainStep;
  private final String pythonStep;

  private ValuePath(@Nullable ValuePath parent, String plainStep, String pythonStep) {
    this.parent = parent;
    this.plainStep = plainStep;
    this.pythonStep = pythonStep;
  }

  /**
   * What a dict has under a key.
   *
   * @param file for messages
   */
  public ValuePath key(MappedFile file, PickleValue key) {
    return switch (key) {
      case Str(String text) -> new ValuePath(this, text, "['" + text + "']");
      case Int(long number) -> index(number);
      default -> {
        String shown = PickleText.shown(file, key);
        yield new ValuePath(this, shown, "[" + shown + "]");
      }
    };
  }

  /** An item of a list. */
  public ValuePath index(long index) {
    return new ValuePath(this, Long.toString(index), "[" + index + "]");
  }

  /** What hangs on an object. */
  public ValuePath attribute(String name) {
    return new ValuePath(this, name, "." + name);
  }

  /** With points between the steps. */
  public String plain() {
    return steps().stream().map(step -> step.plainStep).collect(Collectors.joining("."));
  }

  /** As Python gets at it; told apart more often than the plain form. */
  public String python() {
    return steps().stream().map(step -> step.pythonStep).collect(Collectors.joining());
  }

  /** About how long it is, and no more than {@code most}. */
  public int length(int most) {
    int length = 0;
    for (ValuePath at = this; at != null; at = at.parent) {
      length = Math.min(length + at.pythonStep.length() + 1, most);
    }
    return length;
  }

  private List<ValuePath> steps() {
    List<ValuePath> steps = new ArrayList<>();
    for (ValuePath at = this; at != null && at.parent != null; at = at.parent) {
      steps.addFirst(at);
    }
    return steps;
  }
}
