package parity.harness.mutation.code;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.jar.JarFile;
import parity.harness.capture.Capture;
import parity.harness.run.OutputFolder;
import parity.harness.run.ProjectHome;
import parity.harness.run.SegmentFolder;
import parity.tensors.BadInputException;

/**
 * Puts one fault at a time into our own code, and counts how many of those that a capture reaches
 * the harness sees. Each runs in a process of its own, which may hang or crash.
 */
public final class CodeScore {
  /** Packages that compute, and the stages in which they do. */
  private static final Map<String, String> STAGES = new LinkedHashMap<>();

  static {
    STAGES.put("parity/cosyvoice/audio/", "frontend");
    STAGES.put("parity/cosyvoice/frontend/", "frontend");
    STAGES.put("parity/cosyvoice/text/", "text");
    STAGES.put("parity/cosyvoice/llm/", "llm");
    STAGES.put("parity/cosyvoice/flow/", "flow");
    STAGES.put("parity/cosyvoice/hift/", "hift");
    STAGES.put("parity/cosyvoice/synthesis/steps/", "llm,flow,hift");
    STAGES.put("parity/cosyvoice/random/", "flow,hift");
    STAGES.put("parity/tensors/random/", "llm,flow,hift");
  }

  /** A run takes so many times as long as without a fault before it hangs. */
  private static final int PATIENCE = 6;

  private static final int LEAST_SECONDS = 30;

  /** So many captures are asked before a fault is one that nobody sees. */
  private static final int ASKED = 3;

  /**
   * What is asked for.
   *
   * @param captures folders of captures that pass; their recordings lie beside or above them
   * @param packages of {@link #packages()}, those that get faults
   * @param sites how many places are drawn; all where it is more than there are
   * @param seed of that draw
   * @param jobs how many faults are tried at a time
   */
  public record Request(
      Path modelDir, List<Path> captures, List<String> packages, int sites, long seed, int jobs) {}

  /** What came of a fault. */
  public enum Outcome {
    /** The run did not pass. */
    SEEN,
    /** Every figure of every tensor was as before in all captures that were asked. */
    NO_CHANGE,
    /** Figures changed, and the run passed. */
    OVERLOOKED
  }

  /**
   * What was found.
   *
   * @param places how many there are in the packages
   * @param reached how many of them the captures reach
   * @param outcomes of those that were drawn, in the order of the code
   */
  public record Score(int places, int reached, Map<CodeSite, Outcome> outcomes) {
    /** How many had this outcome. */
    public long count(Outcome outcome) {
      return outcomes.values().stream().filter(outcome::equals).count();
    }
  }

  /** A run of some stages without a fault: which places it reaches, what it says, how long. */
  private record Sound(Path capture, String stages, BitSet reached, String says, double seconds) {}

  private final Request request;
  private final PrintWriter log;
  private final Path jar;
  private final Map<String, byte[]> classes = new LinkedHashMap<>();

  /** Of each class, in the order of the classes. */
  private final Map<String, List<CodeSite>> placesByClass = new LinkedHashMap<>();

  private final List<CodeSite> places = new ArrayList<>();
  private final List<Sound> sounds = new ArrayList<>();

  private CodeScore(Request request, PrintWriter log) {
    this.request = request;
    this.log = log;
    this.jar = ownJar();
  }

  /** Packages that can get faults, by the end of their names. */
  public static List<String> packages() {
    return STAGES.keySet().stream().map(CodeScore::shortName).toList();
  }

  private static String shortName(String folder) {
    return folder.replaceFirst("^parity/", "").replaceFirst("/$", "").replace('/', '.');
  }

  /**
   * Tries them.
   *
   * @param log hears what was overlooked, and how far the work is
   * @throws BadInputException if a capture does not pass without a fault
   */
  public static Score of(Request request, PrintWriter log) {
    try {
      return new CodeScore(request, log).tried();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new BadInputException("stopped", e);
    }
  }

  private static Path ownJar() {
    Path place = ProjectHome.ofClasses().orElseThrow();
    if (!Files.isRegularFile(place)) {
      throw new BadInputException(
          place + ": faults are put into the jar's classes; run ./parity from a checkout");
    }
    return place;
  }

  private Score tried() throws IOException, InterruptedException {
    readClasses();
    Path folder = Files.createTempDirectory("parity-code-");
    try {
      listen(folder);
      List<Integer> reached =
          sounds.stream()
              .flatMapToInt(sound -> sound.reached.stream())
              .distinct()
              .sorted()
              .boxed()
              .toList();
      List<Integer> drawn = new ArrayList<>(reached);
      Collections.shuffle(drawn, new Random(request.seed()));
      drawn = drawn.subList(0, Math.min(request.sites(), drawn.size()));
      log.printf(
          "==> %d places in our code, %d are reached, %d get a fault%n",
          places.size(), reached.size(), drawn.size());
      log.flush();
      Map<Integer, Outcome> outcomes = outcomes(folder, drawn);
      Map<CodeSite, Outcome> bySite = new LinkedHashMap<>();
      drawn.stream().sorted().forEach(place -> bySite.put(places.get(place), outcomes.get(place)));
      return new Score(places.size(), reached.size(), bySite);
    } finally {
      OutputFolder.removeTree(folder);
    }
  }

  private void readClasses() throws IOException {
    List<String> folders =
        STAGES.keySet().stream()
            .filter(name -> request.packages().contains(shortName(name)))
            .toList();
    try (JarFile file = new JarFile(jar.toFile())) {
      for (var entry : Collections.list(file.entries())) {
        String name = entry.getName();
        if (name.endsWith(".class") && folders.stream().anyMatch(name::startsWith)) {
          try (InputStream in = file.getInputStream(entry)) {
            byte[] bytes = in.readAllBytes();
            List<CodeSite> sites = Bytecode.sites(bytes);
            classes.put(name, bytes);
            placesByClass.put(name, sites);
            places.addAll(sites);
          }
        }
      }
    }
  }

  private byte[] bytes(String file) {
    return Objects.requireNonNull(classes.get(file));
  }

  private static String stagesOf(String file) {
    return STAGES.entrySet().stream()
        .filter(entry -> file.startsWith(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow();
  }

  /** Runs every capture once with probes, and once without for what it says. */
  private void listen(Path folder) throws IOException, InterruptedException {
    Path probed = Files.createDirectories(folder.resolve("probed"));
    int first = 0;
    for (Map.Entry<String, List<CodeSite>> each : placesByClass.entrySet()) {
      List<CodeSite> sites = each.getValue();
      int from = first;
      Path file = probed.resolve(each.getKey());
      Files.createDirectories(file.getParent());
      Files.write(file, Bytecode.probed(bytes(each.getKey()), sites, i -> from + i));
      first += sites.size();
    }
    List<String> stages = classes.keySet().stream().map(CodeScore::stagesOf).distinct().toList();
    for (Path capture : request.captures()) {
      for (String some : stages) {
        Path out = folder.resolve("sound");
        Path reached = folder.resolve("reached");
        Run listening =
            run(probed, capture, some, out, List.of("-D" + Probe.FILE + "=" + reached), 3600);
        long start = System.nanoTime();
        Run sound = run(folder.resolve("none"), capture, some, out, List.of(), 3600);
        double seconds = (System.nanoTime() - start) * 1e-9;
        if (listening.code != 0 || sound.code != 0) {
          throw new BadInputException(
              "%s: %s do not pass without a fault (exit %d): %s"
                  .formatted(capture, some, sound.code, sound.last));
        }
        BitSet places = new BitSet();
        Files.readString(reached).lines().mapToInt(Integer::parseInt).forEach(places::set);
        sounds.add(new Sound(capture, some, places, sound.says, seconds));
        log.printf(
            "    %s, %s: %d places, %.1f s%n",
            capture.getFileName(), some, places.cardinality(), seconds);
        log.flush();
      }
    }
  }

  private Map<Integer, Outcome> outcomes(Path folder, List<Integer> drawn)
      throws InterruptedException {
    Map<Integer, Outcome> outcomes = new HashMap<>();
    AtomicInteger done = new AtomicInteger();
    try (ExecutorService pool = Executors.newFixedThreadPool(request.jobs())) {
      Map<Integer, Future<Outcome>> all = new LinkedHashMap<>();
      for (int place : drawn) {
        all.put(
            place,
            pool.submit(() -> {
              Outcome outcome = outcome(folder, place);
              synchronized (log) {
                if (outcome != Outcome.SEEN) {
                  log.printf("%s: %s%n", outcome, places.get(place));
                }
                int count = done.incrementAndGet();
                if (count % 50 == 0) {
                  log.printf("    %d of %d%n", count, drawn.size());
                }
                log.flush();
              }
              return outcome;
            }));
      }
      for (Map.Entry<Integer, Future<Outcome>> each : all.entrySet()) {
        outcomes.put(each.getKey(), each.getValue().get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
    return outcomes;
  }

  private Outcome outcome(Path folder, int place) throws IOException, InterruptedException {
    CodeSite site = places.get(place);
    Path own = folder.resolve("fault-" + place);
    Path file = own.resolve("classes").resolve(site.file());
    Files.createDirectories(file.getParent());
    Files.write(file, Bytecode.with(bytes(site.file()), site));
    try {
      Outcome outcome = Outcome.NO_CHANGE;
      List<Sound> asked =
          sounds.stream()
              .filter(sound -> sound.reached.get(place))
              .sorted(Comparator.comparingDouble(Sound::seconds))
              .limit(ASKED)
              .toList();
      for (Sound sound : asked) {
        int patience = LEAST_SECONDS + (int) (PATIENCE * sound.seconds);
        Run run =
            run(
                own.resolve("classes"),
                sound.capture,
                sound.stages,
                own.resolve("out"),
                List.of(),
                patience);
        if (run.code != 0) {
          return Outcome.SEEN;
        }
        outcome = run.says.equals(sound.says) ? outcome : Outcome.OVERLOOKED;
      }
      return outcome;
    } finally {
      OutputFolder.removeTree(own);
    }
  }

  /**
   * A run in a process.
   *
   * @param code its exit code; -1 if it hung
   * @param says every figure of every tensor
   */
  private record Run(int code, String says, String last) {}

  private Run run(
      Path first, Path capture, String stages, Path out, List<String> options, int seconds)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx1g"));
    command.addAll(
        List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(options);
    command.addAll(List.of("-cp", first + File.pathSeparator + jar, "parity.harness.Main"));
    command.addAll(List.of("run", "--stages", stages, "--threads", "1"));
    command.addAll(List.of("--model-dir", request.modelDir().toString()));
    command.addAll(List.of("--artifacts", capture.toString(), "--out", out.toString()));
    int segment = SegmentFolder.captured(capture.resolve(Capture.FULL));
    command.addAll(List.of("--segment-index", Integer.toString(segment)));
    Files.createDirectories(out);
    Path said = out.resolve("said");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      return new Run(-1, "", "it hung");
    }
    List<String> lines = Files.readAllLines(said);
    String last = lines.isEmpty() ? "" : lines.getLast();
    Path report = out.resolve("report.json");
    String says = process.exitValue() == 0 && Files.exists(report) ? figures(report) : "";
    return new Run(process.exitValue(), says, last);
  }

  private static String figures(Path report) throws IOException {
    StringBuilder all = new StringBuilder();
    JsonNode root = new ObjectMapper().readTree(report.toFile());
    for (JsonNode stage : root.get("stages")) {
      all.append(stage.get("tensors")).append('\n');
    }
    return all.toString();
  }
}
