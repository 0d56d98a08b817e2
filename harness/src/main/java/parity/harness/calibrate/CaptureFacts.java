package parity.harness.calibrate;

import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import parity.harness.capture.Capture;
import parity.harness.capture.TensorNames;
import parity.tensors.TensorFile;

/**
 * What is to be said of a capture that limits come from.
 *
 * @param made upstream, its torch, threads and processor, the same for all captures of a table
 * @param spoken mode, length, recordings
 */
record CaptureFacts(String made, String spoken, SortedSet<String> variants) {
  static CaptureFacts of(Capture capture) {
    Map<String, String> said = capture.metadata();
    TensorFile full = capture.full().orElseThrow();
    String made =
        "upstream %s, torch %s, %s threads, %s"
            .formatted(
                said("upstream_commit", said).substring(0, 7),
                said("torch", said),
                said("threads", said),
                said("cpu_capability", said));
    String spoken =
        said("mode", said)
            + capture.settings().chunks().map(count -> " in " + count + " chunks").orElse("")
            + ", %d tokens, taps %s"
                .formatted(full.info(TensorNames.TOKEN).shape().elements(), said("taps", said));
    return new CaptureFacts(made, spoken, new TreeSet<>());
  }

  private static String said(String key, Map<String, String> metadata) {
    return metadata.getOrDefault(key, "unknown");
  }

  CaptureFacts with(String variant) {
    SortedSet<String> more = new TreeSet<>(variants);
    more.add(variant);
    return new CaptureFacts(made, spoken, more);
  }
}
