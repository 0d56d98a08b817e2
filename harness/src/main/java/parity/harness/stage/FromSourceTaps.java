package parity.harness.stage;

import java.util.List;
import parity.cosyvoice.tap.TapSink;
import parity.harness.capture.TapFiles;
import parity.harness.capture.TapName;
import parity.tensors.Tensor;

/**
 * The decoder's modules when it decodes Python's own source, against the same taps as before. Their
 * cumulative truth has another source, so fixed limits judge them.
 */
final class FromSourceTaps implements TapSink {
  /** After the name of a tensor that was computed from Python's own source. */
  static final String SUFFIX = ".from_source";

  private static final List<String> BEFORE_THE_DECODER =
      List.of("hift.f0_predictor", "hift.f0_upsamp", "hift.m_source");

  private final TapFiles files;
  private final Checks checks;

  FromSourceTaps(TapFiles files, Checks checks) {
    this.files = files;
    this.checks = checks;
    files.taps().names().stream()
        .filter(name -> BEFORE_THE_DECODER.stream().noneMatch(name::startsWith))
        .sorted((a, b) -> Integer.compare(place(a), place(b)))
        .forEach(name -> checks.expect(fromSource(name), files.taps().info(name)));
  }

  private int place(String name) {
    return files.expected().indexOf(name);
  }

  /** The call's number stays at the end: {@code hift.ups.0.from_source#1}. */
  static String fromSource(String name) {
    TapName parts = TapName.of(name);
    return parts.path() + SUFFIX + parts.call();
  }

  @Override
  public void accept(String path, int call, Tensor actual) {
    files
        .nameOf(path, call)
        .filter(name -> checks.expects(fromSource(name)))
        .ifPresent(name ->
            checks.compare(
                fromSource(name), files.taps().get(name), actual, FixedLimits.HIFT_FROM_SOURCE));
  }
}
