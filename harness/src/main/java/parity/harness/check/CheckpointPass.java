package parity.harness.check;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parity.cosyvoice.weights.CheckpointWeights;
import parity.cosyvoice.weights.StateDict;
import parity.cosyvoice.weights.StateDictDifference;
import parity.harness.console.Progress;
import parity.tensors.checkpoint.Checkpoint;
import parity.tensors.file.FileSlice;

/**
 * Reads a checkpoint once: hash, checksums, and numbers that are none, each tensor as soon as its
 * bytes have come by.
 */
final class CheckpointPass {
  /** A tensor whose bytes stand in one piece. */
  private record Piece(String name, FileSlice slice) {
    long end() {
      return slice.offset() + slice.length();
    }
  }

  private final Checkpoint checkpoint;
  private final List<Piece> pieces = new ArrayList<>();
  private final List<String> strided = new ArrayList<>();
  private final Map<FileSlice, Long> counted = new HashMap<>();
  private final SortedMap<String, Long> notFinite = new TreeMap<>();
  private int next;

  private CheckpointPass(Checkpoint checkpoint) {
    this.checkpoint = checkpoint;
    for (String name : checkpoint.names()) {
      checkpoint
          .slice(name)
          .ifPresentOrElse(slice -> pieces.add(new Piece(name, slice)), () -> strided.add(name));
    }
    pieces.sort(Comparator.comparingLong(Piece::end));
  }

  /** What came of it. */
  record Result(String sha256, WeightsFound found) {}

  /**
   * Reads it.
   *
   * @param vocoder whether {@code generator.} is taken out of its names
   * @param expected what it is held against, if that is known
   * @throws parity.tensors.BadInputException if it is no checkpoint
   */
  static Result of(Path file, boolean vocoder, Optional<StateDict> expected, Progress progress) {
    try (Checkpoint checkpoint = Checkpoint.open(file);
        CheckpointWeights weights =
            vocoder ? CheckpointWeights.openVocoder(file) : CheckpointWeights.open(file)) {
      CheckpointPass numbers = new CheckpointPass(checkpoint);
      FilePass pass = new FilePass(progress, numbers::reached);
      List<String> damaged = checkpoint.verify(pass);
      numbers.strided.forEach(name -> numbers.put(name, numbers.count(name)));
      SortedMap<String, Integer> tensors = new TreeMap<>();
      checkpoint
          .names()
          .forEach(name -> tensors.merge(checkpoint.info(name).dtype().name(), 1, Integer::sum));
      return new Result(
          pass.sha256(),
          new WeightsFound(
              tensors,
              checkpoint.members(),
              damaged,
              numbers.notFinite,
              expected.map(weights::difference).orElse(StateDictDifference.NONE),
              expected.map(weights::notFloat32).orElse(List.of())));
    }
  }

  private void reached(long position) {
    while (next < pieces.size() && pieces.get(next).end() <= position) {
      Piece piece = pieces.get(next++);
      put(piece.name(), counted.computeIfAbsent(piece.slice(), slice -> count(piece.name())));
    }
  }

  private long count(String name) {
    return NotFinite.count(checkpoint.get(name));
  }

  private void put(String name, long count) {
    if (count > 0) {
      notFinite.put(name, count);
    }
  }
}
