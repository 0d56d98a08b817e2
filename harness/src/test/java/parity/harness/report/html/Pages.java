package parity.harness.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import parity.harness.report.Results;
import parity.harness.result.Exhibit;
import parity.harness.result.Grid;
import parity.harness.result.RunResult;
import parity.harness.result.Samples;
import parity.harness.result.StageName;

/** Runs to make pages of. */
final class Pages {
  private static final int SAMPLE_RATE = 24_000;

  private Pages() {}

  static Exhibit mel() {
    return new Exhibit.Mel("mel", waves(0), waves(1e-6), 40);
  }

  private static Grid waves(double error) {
    return Grid.of(
        80, 40, (row, column) -> Math.sin(row * 0.1 + column * 0.3) + error * Math.cos(row));
  }

  static Exhibit sound() {
    float[] expected = new float[SAMPLE_RATE];
    float[] actual = new float[SAMPLE_RATE];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = (float) (0.5 * Math.sin(i * 0.05));
      actual[i] = expected[i] + 1e-5f * (float) Math.sin(i * 0.2);
    }
    return new Exhibit.Sound(
        "audio", SAMPLE_RATE, Samples.of(expected), Samples.of(actual), SAMPLE_RATE);
  }

  static Exhibit heat() {
    return new Exhibit.HeatMap(
        "flow.b",
        "First that is wrong",
        "[0, down, right] of [1, 94, 32]",
        94,
        32,
        Grid.of(94, 32, (row, column) -> row == 40 ? 80 : 0.5),
        "times the reference's own rounding",
        OptionalDouble.of(6));
  }

  /**
   * Of four stages one is wrong; names that a page must not take for its own words are among it.
   */
  static RunResult wrong() {
    return Results.of(
        Results.stage(StageName.FRONTEND, "Fspeech_feat", "Fwhisper_mel"),
        Results.stage(StageName.LLM, "=llm.a", "=llm.b", "0llm.c"),
        Results.shown(
            StageName.FLOW,
            List.of(mel(), heat()),
            "=flow.a",
            "*flow.b",
            "^flow.c",
            "?flow.d",
            "=</script><b>flow"),
        Results.shown(StageName.HIFT, List.of(sound()), "=hift.a"));
  }

  /** The module whose calls are wrong in {@link #faultOfManyCalls}; no line has room for it. */
  static final String LONG =
      "flow.decoder.estimator.transformer_blocks.0.attn.to_out.of_a_module_with_a_long_name.ff.ff.2";

  /** One module is wrong in nine calls, and what comes after it has inherited that. */
  static RunResult faultOfManyCalls() {
    List<String> marked = new ArrayList<>(List.of("=flow.a"));
    for (int call = 0; call < 9; call++) {
      marked.add("*" + LONG + "#" + call);
      marked.add("^flow.decoder.estimator#" + call);
    }
    return Results.of(
        Results.hinted(
            StageName.FLOW,
            LONG + "#0 is wrong at index 3 of 32 along axis 2 alone",
            marked.toArray(new String[0])),
        Results.shown(StageName.HIFT, List.of(sound()), "=hift.a"));
  }

  static RunResult right() {
    return Results.of(Results.shown(StageName.FLOW, List.of(mel()), "=flow.a", "=flow.b"));
  }

  /** As many tensors as a full-size run with all taps has. */
  static RunResult large(int tensors) {
    String[] marked = new String[tensors];
    for (int i = 0; i < tensors; i++) {
      int step = i / 440;
      int block = i % 440 / 20;
      marked[i] =
          "%sflow.decoder.estimator.transformer_blocks.%d.attn.to_out.%d#%d"
              .formatted(i == 5000 ? "*" : i > 5000 && i % 3 == 0 ? "^" : "+", block, i % 20, step);
    }
    return Results.of(
        Results.shown(StageName.FLOW, List.of(mel(), heat()), marked),
        Results.shown(StageName.HIFT, List.of(sound()), "=hift.a"));
  }
}
