package parity.tensors.pickle;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import parity.tensors.BadInputException;
import parity.tensors.Text;
import parity.tensors.file.MappedFile;
import parity.tensors.file.Sha256;
import parity.tensors.pickle.PickleValue.Big;
import parity.tensors.pickle.PickleValue.Bool;
import parity.tensors.pickle.PickleValue.Bytes;
import parity.tensors.pickle.PickleValue.Callable;
import parity.tensors.pickle.PickleValue.Dict;
import parity.tensors.pickle.PickleValue.ElementType;
import parity.tensors.pickle.PickleValue.Int;
import parity.tensors.pickle.PickleValue.Made;
import parity.tensors.pickle.PickleValue.Members;
import parity.tensors.pickle.PickleValue.Named;
import parity.tensors.pickle.PickleValue.None;
import parity.tensors.pickle.PickleValue.Real;
import parity.tensors.pickle.PickleValue.Sequence;
import parity.tensors.pickle.PickleValue.Storage;
import parity.tensors.pickle.PickleValue.StorageType;
import parity.tensors.pickle.PickleValue.Str;
import parity.tensors.pickle.PickleValue.TorchTensor;
import parity.tensors.pickle.PickleValue.Tuple;

/**
 * Values as text: one line for people, much as Python prints them; and a digest that two values
 * have in common if they are the same, with all that is in them.
 */
public final class PickleText {
  /** What a line has room for. */
  private static final int SHOWN = 60;

  private static final int MAX_DEPTH = 1000;
  private static final int MAX_VISITS = 4_000_000;

  /** A text that is to be digested is handed on in pieces; the members of a set are kept whole. */
  private static final int PIECE = 1 << 16;

  private static final int MAX_SET = 16 << 20;

  private final StringBuilder out = new StringBuilder();
  private final MessageDigest digest = Sha256.start();
  private final MappedFile file;
  private final Optional<Function<Storage, byte[]>> storages;
  private int visits;
  private int sets;

  private PickleText(MappedFile file, Optional<Function<Storage, byte[]>> storages) {
    this.file = file;
    this.storages = storages;
  }

  /** For people: without control characters, cut where it gets too long for a line. */
  public static String shown(MappedFile file, PickleValue value) {
    PickleText text = new PickleText(file, Optional.empty());
    text.add(value, 0);
    return text.full() ? text.out.substring(0, SHOWN) + "..." : text.out.toString();
  }

  /** What a value is, as Python calls it. */
  public static String type(PickleValue value) {
    return switch (value) {
      case Str s -> "str";
      case Int i -> "int";
      case Big b -> "int";
      case Real r -> "float";
      case Bool b -> "bool";
      case Bytes b -> "bytes of " + b.latin1().length();
      case None n -> "None";
      case ElementType e -> "torch.dtype";
      case StorageType t -> "class";
      case Named n -> "name";
      case Callable c -> "class";
      case Tuple(List<PickleValue> items) -> "tuple of " + items.size();
      case Sequence(List<PickleValue> items) -> "list of " + items.size();
      case Members(List<PickleValue> items) -> "set of " + items.size();
      case Dict dict -> "dict of " + dict.items().size();
      case Made made -> made.function().kind();
      case Storage s -> "storage";
      case TorchTensor t -> "tensor";
    };
  }

  /**
   * For machines.
   *
   * @param storages a digest of the bytes of a storage
   * @throws BadInputException if there is too much in it
   */
  public static String digest(
      MappedFile file, PickleValue value, Function<Storage, byte[]> storages) {
    PickleText text = new PickleText(file, Optional.of(storages));
    text.add(value, 0);
    text.handOn();
    return HexFormat.of().formatHex(text.digest.digest());
  }

  private void handOn() {
    digest.update(out.toString().getBytes(StandardCharsets.UTF_8));
    out.setLength(0);
  }

  private boolean exact() {
    return storages.isPresent();
  }

  private boolean full() {
    return !exact() && out.length() > SHOWN;
  }

  private void add(PickleValue value, int depth) {
    if (full()) {
      return;
    }
    if (depth > MAX_DEPTH || ++visits > MAX_VISITS || out.length() > MAX_SET) {
      throw file.bad("holds a value that has too much in it to be compared");
    }
    if (exact() && sets == 0 && out.length() > PIECE) {
      handOn();
    }
    switch (value) {
      case Str(String text) -> out.append(exact() ? text.length() + ":" + text : Text.quote(text));
      case Bytes(String bytes) ->
          out.append('b').append(exact() ? bytes.length() + ":" + bytes : Text.quote(bytes));
      case Int(long number) -> out.append(number);
      case Big(var number) -> out.append(number);
      case Real(double number) -> out.append(number);
      case Bool(boolean set) -> out.append(set ? "True" : "False");
      case None none -> out.append("None");
      case ElementType type -> out.append("torch.").append(type.name());
      case StorageType(ElementType type) -> out.append("storage of ").append(type.name());
      case Named(String name) -> out.append(name);
      case Callable(TorchFunction function) -> out.append(function.kind());
      case Tuple(List<PickleValue> items) -> all("(", items, ")", depth);
      case Sequence(List<PickleValue> items) -> all("[", items, "]", depth);
      case Members(List<PickleValue> items) -> members(items, depth);
      case Dict dict -> dict(dict, depth);
      case Made made -> made(made, depth);
      case Storage storage -> storage(storage);
      case TorchTensor tensor -> tensor(tensor);
    }
  }

  private void all(String begin, List<PickleValue> items, String end, int depth) {
    out.append(begin);
    String between = "";
    for (PickleValue item : items) {
      if (full()) {
        return;
      }
      out.append(between);
      add(item, depth + 1);
      between = ", ";
    }
    out.append(items.size() == 1 && end.equals(")") ? ",)" : end);
  }

  /** Sets have no order: in the digest their members are sorted. */
  private void members(List<PickleValue> items, int depth) {
    if (!exact()) {
      all("{", items, "}", depth);
      return;
    }
    sets++;
    String[] sorted = new String[items.size()];
    for (int i = 0; i < sorted.length; i++) {
      int start = out.length();
      add(items.get(i), depth + 1);
      sorted[i] = out.substring(start);
      out.setLength(start);
    }
    sets--;
    Arrays.sort(sorted);
    out.append('{');
    for (String member : sorted) {
      out.append(member.length()).append(':').append(member);
    }
    out.append('}');
  }

  private void dict(Dict dict, int depth) {
    out.append('{');
    String between = "";
    for (Dict.Item item : dict.items().values()) {
      if (full()) {
        return;
      }
      out.append(between);
      add(item.key(), depth + 1);
      out.append(": ");
      add(item.value(), depth + 1);
      between = ", ";
    }
    out.append('}');
  }

  private void made(Made made, int depth) {
    if (exact()) {
      out.append(made.function()).append(' ');
      all("(", made.states(), ")", depth);
    }
    all("(", made.arguments(), ")", depth);
  }

  private void storage(Storage storage) {
    out.append("storage of ").append(storage.elements()).append(' ').append(storage.type().name());
    storages.ifPresent(bytes -> out.append(HexFormat.of().formatHex(bytes.apply(storage))));
  }

  private void tensor(TorchTensor tensor) {
    out.append("tensor ").append(tensor.type().name()).append(' ').append(tensor.view().shape());
    if (exact()) {
      out.append(tensor.view()).append(tensor.negative()).append(tensor.conjugate());
      storage(tensor.storage());
    }
  }
}
