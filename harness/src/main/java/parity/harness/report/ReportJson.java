package parity.harness.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import parity.compare.scan.Metrics;
import parity.compare.verdict.Finding;
import parity.compare.verdict.Judgement;
import parity.compare.verdict.Verdict;
import parity.harness.result.Exercised;
import parity.harness.result.RunResult;
import parity.harness.result.StageResult;
import parity.tensors.Text;

/**
 * {@code report.json}: {@code schema}, {@code verdict}, and {@code stages}, a list of {@code {name,
 * verdict, first_divergence}}; then every tensor's verdict with its figures, and what made run and
 * capture. The same run gives the same bytes: there is no clock and no path in it.
 */
public final class ReportJson {
  /** What the file is called. */
  public static final String NAME = "report.json";

  /** Of the form of this file; it changes where a reader of the old one would be misled. */
  private static final int SCHEMA = 2;

  private static final ObjectMapper JSON = new ObjectMapper();

  private ReportJson() {}

  /** Writes the report. */
  public static void write(Path file, RunResult result) {
    try {
      Files.writeString(file, text(result) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The report as text. */
  public static String text(RunResult result) {
    ObjectNode root = JSON.createObjectNode();
    root.put("schema", SCHEMA);
    root.put("verdict", result.outcome().name());
    root.put("exit_code", result.outcome().exitCode());
    ArrayNode overrides = root.putArray("overrides");
    result
        .overridden()
        .forEach(
            each -> overrides.addObject().put("option", each.option()).put("says", each.says()));
    ArrayNode stages = root.putArray("stages");
    result.stages().forEach(stage -> add(stages.addObject(), stage, result));
    put(root.putObject("regimes"), result.exercised());
    put(root.putObject("made_by"), result.provenance());
    put(root.putObject("capture"), result.capture());
    return Text.visibleLines(root.toPrettyString());
  }

  /** What is exercised, as the report has it under {@code regimes}. */
  public static void put(ObjectNode node, Exercised exercised) {
    node.put("exercised", exercised.counts().size() - exercised.missing().size());
    exercised.required().forEach(node.putArray("required")::add);
    exercised.lacking().forEach(node.putArray("lacking")::add);
    ArrayNode counts = node.putArray("counts");
    for (Exercised.Count count : exercised.counts()) {
      ObjectNode each =
          counts.addObject().put("stage", count.stage().label()).put("name", count.regime());
      count.times().ifPresentOrElse(times -> each.put("times", times), () -> each.putNull("times"));
      each.put("upstream", count.upstream())
          .put("shown_by", count.shownBy())
          .put("how_to", count.howTo());
    }
  }

  private static void put(ObjectNode node, Map<String, String> facts) {
    new TreeMap<>(facts).forEach(node::put);
  }

  private static void add(ObjectNode node, StageResult stage, RunResult result) {
    node.put("name", stage.name().label());
    node.put("verdict", stage.outcome(result.skips()).name());
    stage
        .firstDivergence()
        .ifPresentOrElse(
            first ->
                node.putObject("first_divergence")
                    .put("module", first.module())
                    .put("where", first.where().toString()),
            () -> node.putNull("first_divergence"));
    node.put("says", stage.says());
    stage.repeat().ifPresent(command -> node.put("repeat", command));
    ArrayNode controls = node.putArray("controls");
    stage
        .controls()
        .forEach(control ->
            controls
                .addObject()
                .put("fault", control.fault())
                .put("seen", control.seen())
                .put("says", control.says()));
    if (!stage.outOfScope().isEmpty()) {
      stage.outOfScope().forEach(node.putArray("out_of_scope")::add);
    }
    ArrayNode notes = node.putArray("notes");
    stage.notes().forEach(notes::add);
    ArrayNode tensors = node.putArray("tensors");
    stage.findings().forEach(finding -> add(tensors.addObject(), finding));
  }

  private static void add(ObjectNode node, Finding finding) {
    node.put("name", finding.name());
    node.put("status", finding.status().name());
    node.put("says", finding.says());
    finding.cumulative().ifPresent(verdict -> add(node, verdict));
    finding
        .isolated()
        .ifPresent(verdict ->
            add(
                node.putObject("isolated")
                    .put("status", verdict.status().name())
                    .put("says", verdict.says()),
                verdict));
  }

  private static void add(ObjectNode node, Verdict verdict) {
    node.put("verdict", verdict.getClass().getSimpleName());
    switch (verdict) {
      case Verdict.Match match -> {
        add(node, match.judgement());
        match.metrics().ifPresent(metrics -> add(node, metrics));
      }
      case Verdict.Mismatch mismatch -> {
        add(node, mismatch.judgement());
        add(node, mismatch.metrics());
      }
      case Verdict.NotFinite notFinite -> add(node, notFinite.metrics());
      case Verdict.Vacuous v -> {}
      case Verdict.IntegersDiffer v -> {}
      case Verdict.TextsDiffer v -> {}
      case Verdict.LengthDiffers v -> {}
      case Verdict.ShapeDiffers v -> {}
      case Verdict.DtypeDiffers v -> {}
      case Verdict.Missing v -> {}
      case Verdict.Unexpected v -> {}
      case Verdict.NotCompared v -> {}
      case Verdict.TruthUnusable v -> {}
      case Verdict.Skipped v -> {}
    }
  }

  private static void add(ObjectNode node, Judgement judgement) {
    switch (judgement) {
      case Judgement.Noise noise -> {
        put(node, "sigma", noise.sigma());
        put(node, "limit", noise.limit().t());
        put(node, "floor", noise.floor().rms());
        noise.worstGroup().ifPresent(group -> put(node, "worst_group", group.ratio()));
        put(node, "worst_element", noise.worstElement());
        put(node, "gain", noise.gain().beta());
        put(node, "gain_z", noise.gain().z());
        node.put("limit_from", noise.limit().source());
      }
      case Judgement.Fixed fixed -> {
        put(node, "limit", fixed.relativeL2());
        node.put("limit_from", fixed.source());
      }
      case Judgement.Elements elements -> {
        put(node, "limit", elements.tolerance().relativeL2());
        put(node, "worst_in_own_limits", elements.worst());
        node.put("limit_from", elements.tolerance().source());
      }
      case Judgement.PerElement own -> {
        put(node, "worst_in_own_limits", own.worst());
        node.put("limit_from", own.source());
      }
      case Judgement.Exact exact -> node.put("limit_from", "bit by bit");
    }
  }

  private static void add(ObjectNode node, Metrics metrics) {
    put(node, "relative_l2", metrics.relativeL2());
    put(node, "max_abs", metrics.maxAbs());
    put(node, "mean_abs", metrics.meanAbs());
    put(node, "l1", metrics.l1());
    put(node, "snr_db", metrics.snrDb());
    put(node, "cosine", metrics.cosine());
    put(node, "abs_diff_p50", metrics.absDiff().q50());
    put(node, "abs_diff_p99", metrics.absDiff().q99());
    put(node, "abs_diff_p999", metrics.absDiff().q999());
    metrics.maxAt().ifPresent(place -> node.put("worst", place.toString()));
  }

  /** JSON has no infinity and no NaN: they are written as text. */
  private static void put(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, value);
    } else {
      node.put(name, Double.toString(value));
    }
  }
}
