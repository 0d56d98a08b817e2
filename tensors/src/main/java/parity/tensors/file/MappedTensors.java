package parity.tensors.file;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import parity.tensors.BadInputException;
import parity.tensors.Other;
import parity.tensors.Tensor;
import parity.tensors.TensorFile;
import parity.tensors.TensorInfo;
import parity.tensors.Text;

/** What all formats have in common: validated entries over one mapped file. */
public abstract class MappedTensors implements TensorFile {
  /** A tensor that is known to be sound; {@code data} gives its contiguous bytes when asked. */
  public record Entry(TensorInfo info, Supplier<MemorySegment> data) {}

  private static final int SHOWN = 4;

  private final MappedFile file;
  private final SortedMap<String, Entry> entries;
  private final SequencedMap<String, Other> others;
  private final Map<String, String> metadata;
  private final Map<String, Tensor> used = new ConcurrentHashMap<>();

  public MappedTensors(
      MappedFile file,
      SortedMap<String, Entry> entries,
      SequencedMap<String, Other> others,
      Map<String, String> metadata) {
    this.file = file;
    this.entries = entries;
    this.others = Collections.unmodifiableSequencedMap(others);
    this.metadata = Collections.unmodifiableMap(metadata);
  }

  @Override
  public final Path path() {
    return file.path();
  }

  @Override
  public final List<String> names() {
    return List.copyOf(entries.keySet());
  }

  @Override
  public final SequencedMap<String, Other> others() {
    return others;
  }

  @Override
  public final boolean contains(String name) {
    return entries.containsKey(name);
  }

  @Override
  public final Map<String, String> metadata() {
    return metadata;
  }

  @Override
  public final TensorInfo info(String name) {
    return entry(name).info();
  }

  @Override
  public final Tensor get(String name) {
    Entry entry = entry(name);
    return used.computeIfAbsent(
        name, n -> Tensor.of(entry.info().dtype(), entry.info().shape(), entry.data().get()));
  }

  @Override
  public final void requireUnchanged() {
    file.requireUnchanged();
  }

  @Override
  public final void close() {
    file.close();
  }

  protected final BadInputException missing(String name) {
    Other other = others.get(name);
    if (other != null) {
      return file.bad(
          Text.quote(name) + " is " + other.says() + ", not a tensor of a type that is read");
    }
    List<String> shown = entries.keySet().stream().limit(SHOWN).map(Text::quote).toList();
    return file.bad(
        "has no tensor "
            + Text.quote(name)
            + "; it has "
            + entries.size()
            + (shown.isEmpty() ? "" : ": " + String.join(", ", shown))
            + (entries.size() > SHOWN ? ", ..." : ""));
  }

  private Entry entry(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw missing(name);
    }
    return entry;
  }
}
