package parity.harness.capture;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import parity.tensors.BadInputException;
import parity.tensors.InPlace;
import parity.tensors.TensorFile;

/**
 * What upstream computed, open for reading: frontend and full artifacts, and beside the full ones
 * the taps of every part with their truth, as far as they were captured.
 */
public final class Capture implements InPlace, AutoCloseable {
  /** Name of the file with what the frontend read and wrote. */
  public static final String FRONTEND = "frontend_artifacts.safetensors";

  /** Name of the file with the inputs and outputs of the other stages. */
  public static final String FULL = "debug_artifacts.safetensors";

  /** Name of the file with the float64 truth of the stages' outputs. */
  public static final String TRUTH_OUTPUTS = "truth_outputs.safetensors";

  /** Name of the waveform that upstream made. */
  public static final String WAVEFORM = "debug_artifacts.wav";

  /** Name of the file with what every chunk of a streaming run was given and returned. */
  public static final String CHUNKS = "chunks.safetensors";

  /** Name of the file with the float64 truth of every chunk's outputs. */
  public static final String TRUTH_CHUNKS = "truth_chunks.safetensors";

  /** Name of the file with what the language model drew from and drew. */
  public static final String SAMPLING = "sampling.safetensors";

  /** Names of all other files that a capture may have beside {@link #FULL}. */
  public static final List<String> COMPANIONS = companions();

  private final OpenFiles files = new OpenFiles();
  private final String name;
  private final Optional<Path> waveform;
  private final Optional<TensorFile> frontend;
  private final Optional<TensorFile> full;
  private final Optional<TensorFile> truthOutputs;
  private final Optional<TensorFile> chunks;
  private final Optional<TensorFile> truthChunks;
  private final Optional<TensorFile> sampling;
  private final Map<Part, TapFiles> taps = new TreeMap<>();
  private final Optional<Checksums> checksums;
  private final Settings settings;
  private final List<Settings.ByHand> byHand;

  private Capture(Optional<Path> frontend, Optional<Path> full, Settings.Overrides overrides) {
    try {
      this.frontend = frontend.map(path -> files.open(path, FRONTEND));
      this.full = full.map(path -> files.open(path, FULL));
      this.waveform = full.map(file -> file.resolveSibling(WAVEFORM)).filter(Files::exists);
      this.truthOutputs = full.flatMap(path -> files.optional(path, TRUTH_OUTPUTS));
      this.chunks = full.flatMap(path -> files.optional(path, CHUNKS));
      this.truthChunks = full.flatMap(path -> files.optional(path, TRUTH_CHUNKS));
      this.sampling = full.flatMap(path -> files.optional(path, SAMPLING));
      for (Part part : Part.values()) {
        Optional<TensorFile> file = full.flatMap(path -> files.optional(path, part.taps()));
        Optional<TensorFile> truth =
            full.flatMap(path -> files.optional(path, part.cumulativeTruth()));
        if (file.isPresent()) {
          Path beside = full.orElseThrow();
          taps.put(
              part,
              TapFiles.of(
                  file.get(),
                  files.optional(beside, part.inputs()),
                  files.optional(beside, part.isolatedTruth()),
                  truth));
        } else if (truth.isPresent()) {
          throw new BadInputException(
              truth.get().path() + ": its " + part.taps() + " is missing beside it");
        }
      }
      this.checksums =
          full.or(() -> frontend)
              .map(path -> path.resolveSibling(Checksums.NAME))
              .filter(Files::exists)
              .map(Checksums::read);
      this.name = full.or(() -> frontend).map(Path::toString).orElse("");
      this.settings = Settings.resolve(name, files.metadata(), overrides);
      this.byHand =
          settings.otherThan(Settings.resolve(name, files.metadata(), Settings.Overrides.NONE));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Opens a capture.
   *
   * @param frontend {@code frontend_artifacts}, where the frontend is to be compared
   * @param full {@code debug_artifacts}, where any other stage is
   * @throws BadInputException if a file cannot be read, or two are not of one capture
   */
  public static Capture open(
      Optional<Path> frontend, Optional<Path> full, Settings.Overrides overrides) {
    return new Capture(frontend, full, overrides);
  }

  private static List<String> companions() {
    List<String> names =
        new ArrayList<>(
            List.of(WAVEFORM, Checksums.NAME, TRUTH_OUTPUTS, CHUNKS, TRUTH_CHUNKS, SAMPLING));
    for (Part part : Part.values()) {
      names.addAll(part.files());
    }
    return List.copyOf(names);
  }

  /** What made the capture. */
  public Map<String, String> metadata() {
    return files.metadata();
  }

  /** Whether the capture says what made it; artifacts of the earlier harness do not. */
  public boolean saysWhatMadeIt() {
    return metadata().containsKey("upstream_commit");
  }

  /** Whether anything of the language model's output is expected of this capture. */
  public boolean holdsLlm() {
    return saysWhatMadeIt()
        || taps.containsKey(Part.LLM)
        || full.filter(file -> file.contains("llm_logp")).isPresent();
  }

  /** Whether it is expected to say which texts were spoken; the earlier harness' do not. */
  public boolean holdsTexts() {
    return metadata().containsKey("capture_version") || metadata().containsKey(SpokenTexts.SEGMENT);
  }

  /**
   * Whether upstream's filter of silent tokens lies between {@code speech_tokens} and {@code
   * token}; earlier scripts called the language model past it.
   */
  public boolean filtersSilentTokens() {
    return metadata().containsKey("capture_version");
  }

  /** Whether {@code parity capture} ran flow and vocoder together in float64, too: since 0.2. */
  public boolean endToEndTruthExpected() {
    String version = metadata().getOrDefault("capture_version", "0.1.0");
    boolean numbered = version.matches("\\d+\\.\\d+\\.\\d+");
    return settings.truth() == Truth.ALL && numbered && !version.startsWith("0.1.");
  }

  /** Whether a float64 truth belongs to every tap and output: upstream's taps come with it. */
  public boolean truthExpected() {
    return switch (settings.truth()) {
      case ALL -> true;
      case NONE -> false;
      case UNSAID -> saysWhatMadeIt() && !taps.isEmpty();
    };
  }

  /** How the reference was run. */
  public Settings settings() {
    return settings;
  }

  /** Which of the settings the capture does not say, and a person set to what upstream does not. */
  public List<Settings.ByHand> settingsByHand() {
    return byHand;
  }

  /** The options that make of its settings those under other overrides; none where all are one. */
  public List<String> optionsFor(Settings.Overrides overrides) {
    return Settings.resolve(name, files.metadata(), overrides).otherThan(settings).stream()
        .map(Settings.ByHand::option)
        .toList();
  }

  /** {@code frontend_artifacts}. */
  public Optional<TensorFile> frontend() {
    return frontend;
  }

  /** {@code debug_artifacts}. */
  public Optional<TensorFile> full() {
    return full;
  }

  /** {@code debug_artifacts.wav}. */
  public Optional<Path> waveform() {
    return waveform;
  }

  /** The stage outputs in float64, minus what upstream computed. */
  public Optional<TensorFile> truthOutputs() {
    return truthOutputs;
  }

  /** {@code chunks}, of a streaming run. */
  public Optional<TensorFile> chunks() {
    return chunks;
  }

  /** The outputs of every chunk in float64, minus what upstream computed. */
  public Optional<TensorFile> truthChunks() {
    return truthChunks;
  }

  /** {@code sampling}. */
  public Optional<TensorFile> sampling() {
    return sampling;
  }

  /** The taps of a part. */
  public Optional<TapFiles> taps(Part part) {
    return Optional.ofNullable(taps.get(part));
  }

  /** Names of all tensors that the capture has, or has a truth of. */
  public Set<String> names() {
    Set<String> names = new TreeSet<>();
    Stream.of(full, frontend, chunks)
        .flatMap(Optional::stream)
        .forEach(file -> names.addAll(file.names()));
    taps.values().forEach(files -> names.addAll(files.expected()));
    return names;
  }

  /**
   * What is no longer as it was captured, where the capture has {@code checksums.txt}: one phrase a
   * tensor or file.
   *
   * @param names of the files to look at, as a capture calls them
   */
  public List<String> changes(Collection<String> names) {
    return checksums.map(sums -> files.changes(sums, names)).orElse(List.of());
  }

  @Override
  public void requireUnchanged() {
    files.requireUnchanged();
  }

  @Override
  public void close() {
    files.close();
  }
}
