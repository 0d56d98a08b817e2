package parity.harness.run;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import parity.compare.verdict.Outcome;
import parity.compare.verdict.Skips;
import parity.cosyvoice.config.CosyVoiceConfig;
import parity.cosyvoice.config.CosyVoiceConfigReader;
import parity.harness.capture.Capture;
import parity.harness.capture.ModelHashes;
import parity.harness.console.OnStop;
import parity.harness.console.Progress;
import parity.harness.console.Screen;
import parity.harness.console.StageLog;
import parity.harness.limits.ModuleLimits;
import parity.harness.port.Candidate;
import parity.harness.port.PortContext;
import parity.harness.port.Scope;
import parity.harness.port.java.NativeSide;
import parity.harness.regime.Regimes;
import parity.harness.report.BriefLines;
import parity.harness.report.JunitXml;
import parity.harness.report.ReportJson;
import parity.harness.report.Words;
import parity.harness.report.html.ReportHtml;
import parity.harness.result.Exercised;
import parity.harness.result.Overridden;
import parity.harness.result.Provenance;
import parity.harness.result.RunResult;
import parity.harness.result.StageName;
import parity.harness.result.StageResult;
import parity.harness.stage.Stage;
import parity.harness.stage.StageContext;
import parity.harness.stage.StageRun;
import parity.harness.stage.Stages;
import parity.tensors.BadInputException;
import parity.tensors.InPlace;
import parity.tensors.Text;

/** Runs the stages that a person asked for, and leaves logs and report. */
public final class HarnessRun {
  private static final DateTimeFormatter TO_THE_MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
  private static final String JUNIT = "junit.xml";
  private static final String PAGE = "report.html";

  private final RunRequest request;
  private final Screen screen;

  private HarnessRun(RunRequest request, Screen screen) {
    this.request = request;
    this.screen = screen;
  }

  /**
   * Runs.
   *
   * @param watcher gets what the logs get
   * @throws BadInputException if model, recording or output folder cannot be used, or the capture
   *     cannot be read; nothing of an earlier run's results is touched then
   */
  public static RunResult of(RunRequest request, PrintWriter watcher) {
    return new HarnessRun(request, Screen.of(watcher)).run();
  }

  /** What a run works on, once all of it is known to be usable. */
  private record Prepared(
      CosyVoiceConfig config,
      Capture capture,
      OutputFolder out,
      HeldInputs held,
      Exercised exercised,
      List<Overridden> overridden) {

    /** What the run reads, which must stay as it is from its first stage to its report. */
    List<InPlace> inputs() {
      return List.of(capture, held);
    }
  }

  private RunResult run() {
    CosyVoiceConfig config = CosyVoiceConfigReader.read(request.modelDir());
    sayWhatRuns();
    try (Capture capture = openCapture();
        OutputFolder out = OutputFolder.open(request.out());
        OnStop _ = OnStop.of(out::stop)) {
      sayWhatIsReplaced(out);
      requireSegment(capture);
      HeldInputs held = HeldInputs.of(request, config, capture);
      List<Overridden> overridden = Overriding.of(request, capture, held.model());
      sayWhatIsHeld(held.model(), overridden);
      Prepared prepared =
          new Prepared(config, capture, out, held, exercised(config, capture), overridden);
      List<StageResult> results = new ArrayList<>();
      for (StageName stage : request.stages()) {
        results.add(result(stage, prepared, results));
      }
      RunResult result =
          new RunResult(
              results,
              request.allowSkips() ? Skips.ALLOWED : Skips.INCONCLUSIVE,
              overridden,
              ofCompared(prepared.exercised(), results),
              madeBy(),
              capture.metadata());
      sayVerdict(result);
      ReportJson.write(out.file(ReportJson.NAME), result);
      JunitXml.write(out.file(JUNIT), result);
      ReportHtml.write(out.file(PAGE), result);
      keepCapture(out);
      prepared.inputs().forEach(InPlace::requireUnchanged);
      out.publish();
      return result;
    }
  }

  private void sayWhatIsHeld(ModelHashes model, List<Overridden> overridden) {
    if (!model.same().isEmpty()) {
      screen.line("          of the capture's model: " + Words.list(model.same()));
    }
    overridden.forEach(each -> screen.line("Override: " + each));
    if (request.forceModel() && model.others().isEmpty()) {
      screen.line("          --force-model changes nothing here");
    }
  }

  /** What is exercised of the stages that were asked for. */
  private Exercised exercised(CosyVoiceConfig config, Capture capture) {
    return InPlace.during(List.of(capture), () -> Regimes.count(capture, config, request.stages()))
        .requiring(request.requiredRegimes());
  }

  /** A verdict is on what was compared; one module alone is asked another question. */
  private Exercised ofCompared(Exercised exercised, List<StageResult> results) {
    return request.module().isPresent()
        ? Exercised.NOTHING
        : exercised.of(
            results.stream()
                .filter(result -> !result.findings().isEmpty())
                .map(StageResult::name)
                .toList());
  }

  private Map<String, String> madeBy() {
    Map<String, String> facts = Provenance.facts(request.threads());
    request
        .candidate()
        .ifPresent(candidate ->
            facts.put(
                RunResult.CANDIDATE,
                switch (candidate) {
                  case Candidate.Folder folder -> "a folder";
                  case Candidate.Command command -> "a command";
                }));
    return facts;
  }

  private void sayWhatRuns() {
    screen.line("Model:    " + request.modelDir());
    if (isSample()) {
      screen.line("          the sample: its weights are random, and so is what it says");
    }
    screen.line("Capture:  " + request.fullArtifacts());
    screen.line(
        request
            .candidate()
            .map(candidate -> "Candidate: " + candidate)
            .orElseGet(() -> "Native:   Java, " + Provenance.summary()));
    screen.line("Results:  " + request.out());
  }

  private void sayWhatIsReplaced(OutputFolder out) {
    out.earlier()
        .ifPresent(then ->
            screen.line(
                "          in place of those of "
                    + then.atZone(ZoneId.systemDefault()).format(TO_THE_MINUTE)));
  }

  private boolean isSample() {
    return request.modelDir().toAbsolutePath().normalize().endsWith(Path.of("samples", "model"));
  }

  private Capture openCapture() {
    Set<StageName> stages = request.stages();
    return Capture.open(
        Optional.of(request.frontendArtifacts())
            .filter(file -> stages.contains(StageName.FRONTEND) || Files.exists(file)),
        Optional.of(request.fullArtifacts())
            .filter(file -> !Set.of(StageName.FRONTEND).equals(stages) || Files.exists(file)),
        request.overrides());
  }

  private void requireSegment(Capture capture) {
    String captured = capture.metadata().getOrDefault("segment_index", "0");
    if (!captured.equals(Integer.toString(request.segmentIndex()))) {
      throw new BadInputException(
          "--segment-index %d: %s holds segment %s; capture that segment, or ask for this one"
              .formatted(request.segmentIndex(), request.fullArtifacts(), Text.quote(captured)));
    }
  }

  private StageResult result(StageName name, Prepared prepared, List<StageResult> before) {
    screen.line("");
    if (request.skipped().contains(name)) {
      screen.line("==> Skipping " + name + " parity (" + Overriding.skip(name) + ")");
      return new StageResult.SwitchedOff(name, Overriding.skip(name));
    }
    Optional<StageResult> inapplicable = inapplicable(name, prepared.capture(), before);
    if (inapplicable.isPresent()) {
      screen.line("==> " + name + " parity: " + inapplicable.get().says());
      return inapplicable.get();
    }
    screen.line("==> " + name + " parity");
    try (StageLog log = StageLog.open(prepared.out().file(name.log()), screen);
        Progress progress = Progress.of(name.label(), screen)) {
      // On the terminal it stands once, before the first stage.
      prepared.overridden().forEach(each -> log.detail("Override: " + each));
      PortContext port =
          new PortContext(
              prepared.capture(),
              prepared.config(),
              request.modelDir(),
              prepared.held().recordings(name, request.candidate()),
              log,
              prepared.out().file(""));
      StageContext context =
          new StageContext(
              port,
              NativeSide.of(request.threads()),
              ModuleLimits.load(),
              progress,
              request.module().isPresent() ? Scope.MODULES : Scope.ALL,
              request.module(),
              request.declared());
      boolean first = name.equals(request.stages().iterator().next());
      StageResult result =
          InPlace.during(
              prepared.inputs(),
              () -> StageRun.run(Stages.of(name), context, request.candidate(), first));
      result = withLikelySettings(result, prepared, log);
      if (request.module().isEmpty()) {
        BriefLines.of(result, name.log()).forEach(screen::line);
      }
      prepared.exercised().of(List.of(name)).lines(true).forEach(log::detail);
      log.line(
          "%s: %s%s",
          result.outcome(request.allowSkips() ? Skips.ALLOWED : Skips.INCONCLUSIVE),
          result.says(),
          prepared.overridden().isEmpty()
              ? ""
              : "; with " + Overridden.phrase(prepared.overridden()));
      return result;
    }
  }

  /** What is wrong may be right under other settings, where the capture does not say its own. */
  private StageResult withLikelySettings(StageResult result, Prepared prepared, StageLog log) {
    boolean ours = request.candidate().isEmpty() && request.module().isEmpty();
    if (!ours || result.outcome(Skips.ALLOWED) != Outcome.FAIL) {
      return result;
    }
    return new OtherSettings(request, prepared.config(), screen)
        .find(result.name(), prepared.capture())
        .map(options ->
            "%sagrees with %s; the capture does not say it, so give that"
                .formatted(StageResult.HINT, options))
        .map(hint -> {
          log.say(hint);
          return result.noted(hint);
        })
        .orElse(result);
  }

  private Optional<StageResult> inapplicable(
      StageName name, Capture capture, List<StageResult> before) {
    Stage stage = Stages.of(name);
    boolean candidate = request.candidate().isPresent();
    Optional<StageName> wrong = wrong(before);
    if (stage.is(Stage.Trait.THROUGH_ALL) && wrong.isPresent() && !candidate) {
      return Optional.of(new StageResult.NotJudged(name, wrong.get()));
    }
    Optional<String> reason =
        candidate ? stage.nothingOfACandidate(capture) : stage.inapplicable().apply(capture);
    return reason.map(why -> new StageResult.NotApplicable(name, why));
  }

  /** The first stage that is wrong. */
  private static Optional<StageName> wrong(List<StageResult> results) {
    return results.stream()
        .filter(result -> result.outcome(Skips.ALLOWED) == Outcome.FAIL)
        .findFirst()
        .map(StageResult::name);
  }

  private void sayVerdict(RunResult result) {
    screen.line("");
    for (StageResult stage : result.stages()) {
      screen.line(
          "%-10s %-13s %s".formatted(stage.name(), stage.outcome(result.skips()), stage.says()));
    }
    if (request.module().isPresent()) {
      result.stages().stream()
          .filter(stage -> stage.firstDivergence().isPresent())
          .flatMap(stage ->
              ModuleWeights.of(request.modelDir(), stage.name(), request.module().get()).stream())
          .forEach(weights -> screen.line("its weights: " + weights));
    } else {
      closer(result).forEach(command -> screen.line("look closer: " + command));
    }
    screen.line("report: " + request.out().resolve(PAGE));
    if (!result.exercised().counts().isEmpty()) {
      screen.line(result.exercised().line());
    }
    if (!result.exercised().lacking().isEmpty()) {
      screen.line("required and not: " + String.join(", ", result.exercised().lacking()));
    }
    screen.line(result.lastLine());
  }

  /** Commands that look at what is wrong; a stage of which no module is named runs again alone. */
  private List<String> closer(RunResult result) {
    List<String> commands = new ArrayList<>();
    for (StageResult stage : result.stages()) {
      Optional<String> module = stage.replayed();
      if (module.isPresent()) {
        commands.add(ShellCommand.of(request, isPlainSample(), "replay", module.get()));
      } else if (stage.firstDivergence().isPresent() && result.stages().size() > 1) {
        commands.add(ShellCommand.of(request, isPlainSample(), stage.name().verb()));
      }
    }
    return commands;
  }

  /** Whether model and capture are those that a verb takes by itself. */
  private boolean isPlainSample() {
    Path capture = request.fullArtifacts().toAbsolutePath().normalize().resolveSibling("");
    return isSample()
        && capture.endsWith(Path.of("samples", "capture"))
        && System.getenv().getOrDefault("MODEL_DIR", "").isEmpty();
  }

  /** The results stand beside what they were compared with, so that the folder explains itself. */
  private void keepCapture(OutputFolder out) {
    out.keep(request.frontendArtifacts(), Capture.FRONTEND);
    out.keep(request.fullArtifacts(), Capture.FULL);
    for (String name : Capture.COMPANIONS) {
      out.keep(request.fullArtifacts().resolveSibling(name), name);
    }
  }
}
