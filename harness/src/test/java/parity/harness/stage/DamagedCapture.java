package parity.harness.stage;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import parity.harness.fixture.Parity;
import parity.harness.fixture.Samples;
import parity.tensors.Tensor;
import parity.tensors.TensorFile;
import parity.tensors.format.Safetensors;

/** Runs of the sample against its capture with tensors of one file spoilt. */
final class DamagedCapture {
  /** Stages that read a tensor of {@code debug_artifacts}. */
  private static final Map<String, String> READERS =
      Map.ofEntries(
          Map.entry("text", "llm"),
          Map.entry("prompt_text", "llm"),
          Map.entry("llm_prompt_speech_token", "llm"),
          Map.entry("llm_embedding", "llm"),
          Map.entry("speech_tokens", "llm,flow"),
          Map.entry("llm_logp", "llm"),
          Map.entry("prompt_token", "llm,flow"),
          Map.entry("token", "llm,flow"),
          Map.entry("embedding", "llm,flow"),
          Map.entry("prompt_feat", "flow"),
          Map.entry("rand_noise", "flow"),
          Map.entry("python_flow_output", "flow,hift"),
          Map.entry("nsf_rand_ini", "hift"),
          Map.entry("nsf_sine_waves", "hift"),
          Map.entry("python_hift_source", "hift"),
          Map.entry("python_audio_output", "hift"));

  private static final Pattern NOT_READ = Pattern.compile("taps_.*|truth_.*_cumulative");
  private static final List<String> STAGES = List.of("llm", "flow", "hift");

  private final Path capture;
  private final Path out;

  private DamagedCapture(Path folder) {
    this.capture = Samples.copy(Samples.CAPTURE, folder.resolve("capture"));
    this.out = folder.resolve("out");
  }

  /** A copy of the sample's capture in a folder. */
  static DamagedCapture in(Path folder) {
    return new DamagedCapture(folder);
  }

  /** As {@link #in}, of a capture that has no checksums, so that numbers alone must tell. */
  static DamagedCapture withoutChecksums(Path folder) throws IOException {
    DamagedCapture copy = new DamagedCapture(folder);
    Files.delete(copy.capture.resolve("checksums.txt"));
    return copy;
  }

  /**
   * What goes wrong: tensors of a file, each spoilt in one way, in one run.
   *
   * @param file without ending
   * @param damages by the names of the tensors
   */
  record Case(String file, SortedMap<String, Damage> damages) {
    static Case of(String file, String name, Damage damage) {
      return of(file, List.of(name), damage);
    }

    static Case of(String file, List<String> names, Damage damage) {
      SortedMap<String, Damage> damages = new TreeMap<>();
      names.forEach(name -> damages.put(name, damage));
      return new Case(file, damages);
    }

    @Override
    public String toString() {
      return file + ": " + (damages.size() == 1 ? damages : damages.size());
    }

    /** All that read one of the tensors. */
    private String stages() {
      return damages.keySet().stream()
          .flatMap(name -> Splitter.on(',').splitToStream(stages(name)))
          .distinct()
          .collect(Collectors.joining(","));
    }

    private String stages(String name) {
      return switch (file) {
        case "frontend_artifacts" -> "frontend,flow";
        case "debug_artifacts" -> READERS.getOrDefault(name, "llm,flow,hift");
        case "truth_outputs" ->
            switch (name) {
              case "python_flow_output" -> "flow";
              case "python_audio_output.end_to_end" -> "end_to_end";
              default -> "hift";
            };
        case "sampling" -> "llm";
        default -> STAGES.stream().filter(file::contains).findFirst().orElseThrow();
      };
    }
  }

  /** What a harness that overlooks nothing would not say; empty is right. */
  List<String> missed(Case wrong) {
    Path file = capture.resolve(wrong.file + ".safetensors");
    List<String> spoilt = new ArrayList<>();
    Samples.rewriteTensors(file, tensors -> spoilt.addAll(spoil(tensors, wrong)));
    try {
      return spoilt.isEmpty() ? List.of() : missed(run(wrong.stages()), wrong, spoilt);
    } finally {
      restore(file);
    }
  }

  private static List<String> spoil(Map<String, Tensor> tensors, Case wrong) {
    List<String> spoilt = new ArrayList<>();
    wrong.damages.forEach((name, damage) -> {
      if (damage.spoil(tensors, name)) {
        spoilt.add(name);
      }
    });
    return spoilt;
  }

  private void restore(Path file) {
    Path original = Samples.CAPTURE.resolve(file.getFileName());
    try (TensorFile source = Safetensors.open(original)) {
      Samples.rewrite(
          file,
          (tensors, metadata) -> {
            tensors.clear();
            source.names().forEach(name -> tensors.put(name, source.get(name)));
          });
    }
  }

  private Parity run(String stages) {
    return Parity.compare(stages, capture, out, "--prompt-wav", Samples.WAV, "--threads", "2");
  }

  private static List<String> missed(Parity run, Case wrong, List<String> spoilt) {
    if (run.exitCode() != 1 && run.exitCode() != 2) {
      return List.of(wrong + ": exit " + run.exitCode() + " " + run.err());
    }
    Set<String> told = told(run.json());
    return spoilt.stream()
        .filter(name -> told.stream().noneMatch(said -> names(said, name)))
        .map(name -> wrong + ": exit " + run.exitCode() + ", " + name + " is not named")
        .toList();
  }

  private static boolean names(String said, String name) {
    return said.equals(name)
        || said.equals("sampling." + name)
        || said.equals(name + ".from_source")
        || name.equals(said + ".end_to_end")
        || (said.contains("the capture cannot be relied on: ") && said.contains(name));
  }

  /**
   * Names of all tensors that are not said to be right, and the reasons of captures not relied on.
   */
  private static Set<String> told(JsonNode report) {
    Set<String> told = new TreeSet<>();
    for (JsonNode stage : report.get("stages")) {
      told.add(stage.get("says").asText());
      for (JsonNode tensor : stage.get("tensors")) {
        String status = tensor.get("status").asText();
        if (status.equals("FAIL") || status.equals("NOT_COMPARED") || status.equals("SKIPPED")) {
          told.add(tensor.get("name").asText());
        }
      }
    }
    return told;
  }

  /**
   * Every tensor of every file in every way.
   *
   * @param together whether those that no stage computes with are spoilt in one run
   */
  static List<Case> all(boolean together) {
    List<Case> cases = new ArrayList<>();
    for (String file : FILES) {
      for (Damage damage : Damage.values()) {
        SortedMap<String, Damage> damages = new TreeMap<>();
        names(file).forEach(name -> damages.put(name, damage));
        cases.addAll(together ? joined(file, damages) : alone(file, damages));
      }
    }
    return cases;
  }

  /**
   * Of every file and kind of damage one tensor, drawn from a seed; never one of the excepted.
   *
   * @param summed whether checksums tell what was spoilt, so that all of a file can be in one run
   */
  static List<Case> drawn(
      long seed, Collection<Damage> kinds, Collection<String> except, boolean summed) {
    Random random = new Random(seed);
    List<Case> cases = new ArrayList<>();
    for (String file : FILES) {
      List<String> names = new ArrayList<>(names(file));
      names.removeAll(except);
      SortedMap<String, Damage> damages = new TreeMap<>();
      for (Damage damage : kinds) {
        String name = names.get(random.nextInt(names.size()));
        if (damages.putIfAbsent(name, damage) != null) {
          cases.add(Case.of(file, name, damage));
        }
      }
      cases.addAll(summed ? together(file, damages) : joined(file, damages));
    }
    return cases;
  }

  /** In one run what no stage computes with; each says for itself that it is wrong. */
  private static List<Case> joined(String file, SortedMap<String, Damage> damages) {
    return NOT_READ.matcher(file).matches() ? together(file, damages) : alone(file, damages);
  }

  private static List<Case> together(String file, SortedMap<String, Damage> damages) {
    SortedMap<String, Damage> others = new TreeMap<>(damages);
    others.values().removeIf(damage -> damage == Damage.SWAPPED); // which is of two tensors
    SortedMap<String, Damage> swapped = new TreeMap<>(damages);
    swapped.keySet().removeAll(others.keySet());
    List<Case> cases = alone(file, swapped);
    if (!others.isEmpty()) {
      cases.add(new Case(file, others));
    }
    return cases;
  }

  private static List<Case> alone(String file, SortedMap<String, Damage> damages) {
    List<Case> cases = new ArrayList<>();
    damages.forEach((name, damage) -> cases.add(Case.of(file, name, damage)));
    return cases;
  }

  private static final List<String> FILES =
      List.of(
          "frontend_artifacts",
          "debug_artifacts",
          "truth_outputs",
          "sampling",
          "taps_llm",
          "truth_llm_cumulative",
          "taps_flow",
          "truth_flow_cumulative",
          "taps_hift",
          "truth_hift_cumulative");

  private static List<String> names(String file) {
    try (TensorFile tensors = Safetensors.open(Samples.CAPTURE.resolve(file + ".safetensors"))) {
      return List.copyOf(tensors.names());
    }
  }
}
