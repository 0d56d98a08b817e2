package parity.harness.report.html;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parity.compare.noise.WorstGroup;
import parity.compare.scan.Metrics;
import parity.compare.verdict.Finding;
import parity.compare.verdict.Judgement;
import parity.compare.verdict.Status;
import parity.compare.verdict.Verdict;
import parity.harness.report.Severity;
import parity.harness.result.StageResult;
import parity.tensors.TensorInfo;

/**
 * Every tensor of every stage as JSON for the page's scripts: {@code columns} names the fields,
 * {@code rows} has a list of them for each tensor, in execution order. Figures have four digits;
 * what many rows share stands in {@code texts} once. What is not there is null.
 */
final class TensorRows {
  private static final MathContext DIGITS = new MathContext(4);

  private static final List<String> COLUMNS =
      List.of(
          "stage",
          "status",
          "name",
          "form",
          "verdict",
          "share",
          "sigma",
          "limit",
          "floor",
          "bound",
          "error",
          "group",
          "groupLimit",
          "element",
          "maxAbs",
          "meanAbs",
          "relativeL2",
          "snr",
          "cosine",
          "p50",
          "p99",
          "p999",
          "worst",
          "source",
          "aloneSigma",
          "aloneLimit",
          "aloneError",
          "alone",
          "says");

  private final JsonGenerator json;
  private final Map<String, Integer> texts = new LinkedHashMap<>();

  private TensorRows(JsonGenerator json) {
    this.json = json;
  }

  /** The text of a script element. */
  static String of(List<StageResult> stages) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      new TensorRows(json).write(stages);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // In JSON a less-than sign stands in strings only, where it may be written so.
    return text.toString().replace("<", "\\u003c");
  }

  private void write(List<StageResult> stages) throws IOException {
    json.writeStartObject();
    strings("stages", stages.stream().map(stage -> stage.name().label()).toList());
    strings("statuses", List.of(Status.values()).stream().map(Status::name).toList());
    strings("columns", COLUMNS);
    json.writeArrayFieldStart("rows");
    for (int stage = 0; stage < stages.size(); stage++) {
      for (Finding finding : stages.get(stage).findings()) {
        write(stage, finding);
      }
    }
    json.writeEndArray();
    strings("texts", List.copyOf(texts.keySet()));
    json.writeEndObject();
  }

  private void strings(String name, List<String> values) throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  private void write(int stage, Finding finding) throws IOException {
    Verdict telling = finding.telling();
    Verdict whole = finding.cumulative().orElse(telling);
    Optional<Metrics> metrics = VerdictFacts.metrics(whole);
    json.writeStartArray();
    json.writeNumber(stage);
    shared(Optional.of(finding.status().name()));
    json.writeString(finding.name());
    shared(VerdictFacts.form(telling).map(TensorInfo::toString));
    shared(Optional.of(telling.getClass().getSimpleName()));
    figure(Severity.of(telling));
    held(VerdictFacts.judgement(whole), metrics);
    figure(metrics.map(Metrics::maxAbs));
    figure(metrics.map(Metrics::meanAbs));
    figure(metrics.map(Metrics::relativeL2));
    figure(metrics.map(Metrics::snrDb));
    figure(metrics.map(Metrics::cosine));
    figure(metrics.map(m -> m.absDiff().q50()));
    figure(metrics.map(m -> m.absDiff().q99()));
    figure(metrics.map(m -> m.absDiff().q999()));
    string(metrics.flatMap(Metrics::maxAt).map(Object::toString));
    shared(VerdictFacts.judgement(whole).map(VerdictFacts::source));
    alone(finding);
    boolean plain = finding.status() == Status.PASS;
    string(plain ? Optional.empty() : Optional.of(finding.says()));
    json.writeEndArray();
  }

  /** sigma, limit, floor, bound, error, group, groupLimit, element. */
  private void held(Optional<Judgement> judgement, Optional<Metrics> metrics) throws IOException {
    if (judgement.orElse(null) instanceof Judgement.Noise noise) {
      double unit = noise.floor().rms() / noise.floor().truthRms();
      figure(noise.sigma());
      figure(noise.limit().t());
      figure(unit);
      figure(unit * noise.limit().t());
      figure(unit * noise.sigma());
      figure(noise.worstGroup().map(WorstGroup::ratio));
      figure(noise.worstGroup().map(group -> noise.limit().group()));
      figure(noise.worstElement());
      return;
    }
    for (int i = 0; i < 3; i++) {
      json.writeNull();
    }
    figure(
        judgement.orElse(null) instanceof Judgement.Fixed fixed
            ? Optional.of(fixed.relativeL2())
            : Optional.empty());
    figure(metrics.map(Metrics::relativeL2));
    for (int i = 0; i < 3; i++) {
      json.writeNull();
    }
  }

  private void alone(Finding finding) throws IOException {
    Optional<Judgement> judgement = finding.isolated().flatMap(VerdictFacts::judgement);
    if (judgement.orElse(null) instanceof Judgement.Noise noise) {
      figure(noise.sigma());
      figure(noise.limit().t());
      figure(noise.sigma() * noise.floor().rms() / noise.floor().truthRms());
    } else {
      json.writeNull();
      json.writeNull();
      figure(finding.isolated().flatMap(VerdictFacts::metrics).map(Metrics::relativeL2));
    }
    shared(finding.isolated().map(verdict -> verdict.status().name()));
  }

  private void figure(Optional<Double> value) throws IOException {
    if (value.isPresent()) {
      figure(value.get());
    } else {
      json.writeNull();
    }
  }

  /** JSON has no infinity and no NaN: they are written as text. */
  private void figure(double value) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumber(BigDecimal.valueOf(value).round(DIGITS).stripTrailingZeros().toString());
    } else {
      json.writeString(Double.toString(value));
    }
  }

  private void string(Optional<String> value) throws IOException {
    if (value.isPresent()) {
      json.writeString(value.get());
    } else {
      json.writeNull();
    }
  }

  private void shared(Optional<String> value) throws IOException {
    if (value.isPresent()) {
      json.writeNumber(texts.computeIfAbsent(value.get(), text -> texts.size()));
    } else {
      json.writeNull();
    }
  }
}
