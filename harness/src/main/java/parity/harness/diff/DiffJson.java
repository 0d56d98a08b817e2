package parity.harness.diff;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.MathContext;
import java.util.List;
import parity.compare.scan.IntegerDifference;
import parity.compare.scan.Metrics;
import parity.compare.scan.NonFiniteCount;
import parity.compare.verdict.Coverage;
import parity.compare.verdict.Judgement;
import parity.compare.verdict.Status;
import parity.compare.verdict.Verdict;
import parity.compare.view.Place;

/**
 * A comparison of two files, for machines: {@code docs/reference/diff.md} has its form. No clock
 * and no path is in it, so the same files give the same bytes.
 */
public final class DiffJson {
  private static final JsonFactory JSON = new JsonFactory();

  /** Of the form of this document; it changes where a reader of the old one would be misled. */
  private static final int SCHEMA = 2;

  private final JsonGenerator json;

  private DiffJson(JsonGenerator json) {
    this.json = json;
  }

  /** The document, with each tensor of both files. */
  public static String text(DiffResult result) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text).useDefaultPrettyPrinter()) {
      new DiffJson(json).write(result);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private void write(DiffResult result) throws IOException {
    json.writeStartObject();
    json.writeNumberField("schema", SCHEMA);
    json.writeStringField("verdict", result.outcome().name());
    json.writeNumberField("exit_code", result.outcome().exitCode());
    if (result.reason().isPresent()) {
      json.writeStringField("limits_given_because", result.reason().get());
    }
    write(result.coverage());
    texts("equal_and_not_compared", result.uncompared().equal());
    texts("notes", result.uncompared().notes());
    json.writeArrayFieldStart("tensors");
    for (Verdict verdict : result.verdicts()) {
      write(verdict);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void texts(String name, List<String> texts) throws IOException {
    json.writeArrayFieldStart(name);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  private void write(Coverage coverage) throws IOException {
    json.writeObjectFieldStart("coverage");
    for (Status status : Status.values()) {
      json.writeNumberField(status.name(), coverage.count(status));
    }
    json.writeEndObject();
  }

  private void write(Verdict verdict) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", verdict.name());
    json.writeStringField("status", verdict.status().name());
    json.writeStringField("verdict", verdict.getClass().getSimpleName());
    json.writeStringField("says", verdict.says());
    switch (verdict) {
      case Verdict.Match match -> write(match.judgement());
      case Verdict.Mismatch mismatch -> write(mismatch.judgement());
      case Verdict.NotFinite notFinite -> write("first_not_finite", notFinite.first());
      case Verdict.IntegersDiffer integers -> write(integers.difference());
      default -> {} // what it says is all there is
    }
    Metrics metrics = DiffResult.metrics(verdict).orElse(null);
    if (metrics != null) {
      write(metrics);
    }
    json.writeEndObject();
  }

  private void write(Judgement judgement) throws IOException {
    if (judgement instanceof Judgement.Elements elements) {
      number("limit_relative_l2", elements.tolerance().relativeL2());
      number("limit_rtol", elements.tolerance().rtol());
      number("limit_atol", elements.atol());
      json.writeStringField("limits_from", elements.tolerance().source());
      number("worst_in_own_limit", elements.worst());
      json.writeNumberField("beyond_own_limit", elements.beyond());
      if (elements.at().isPresent()) {
        write("worst", elements.at().get());
      }
    } else {
      json.writeStringField("limits_from", "bit by bit");
    }
  }

  private void write(IntegerDifference difference) throws IOException {
    json.writeNumberField("elements", difference.expectedLength());
    json.writeNumberField("equal", difference.equal());
    if (difference.firstAt().isPresent()) {
      json.writeNumberField("first_at", difference.firstAt().get());
      json.writeNumberField("expected", difference.expected());
      json.writeNumberField("actual", difference.actual());
    }
  }

  private void write(Metrics metrics) throws IOException {
    json.writeNumberField("elements", metrics.elements());
    if (Double.isInfinite(metrics.maxAbs())) {
      json.writeNumberField("max_abs", metrics.largest().round(MathContext.DECIMAL64));
    } else {
      number("max_abs", metrics.maxAbs());
    }
    if (metrics.maxAt().isPresent()) {
      write("max_abs_at", metrics.maxAt().get());
    }
    number("mean_abs", metrics.meanAbs());
    number("l1", metrics.l1());
    number("rms", metrics.rms());
    number("relative_l2", metrics.relativeL2());
    number("nmse_db", metrics.nmseDb());
    number("snr_db", metrics.snrDb());
    number("cosine", metrics.cosine());
    number("abs_diff_p50", metrics.absDiff().q50());
    number("abs_diff_p99", metrics.absDiff().q99());
    number("abs_diff_p999", metrics.absDiff().q999());
    write("expected_not_finite", metrics.expectedNonFinite());
    write("actual_not_finite", metrics.actualNonFinite());
  }

  private void write(String name, NonFiniteCount count) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField("nan", count.nan());
    json.writeNumberField("infinite", count.infinite());
    json.writeEndObject();
  }

  private void write(String name, Place place) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeArrayFieldStart("index");
    for (long at : place.index()) {
      json.writeNumber(at);
    }
    json.writeEndArray();
    number("expected", place.expected());
    number("actual", place.actual());
    json.writeEndObject();
  }

  /** JSON has no infinity and no NaN: they are written as text. */
  private void number(String name, double value) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumberField(name, value);
    } else {
      json.writeStringField(name, Double.toString(value));
    }
  }
}
