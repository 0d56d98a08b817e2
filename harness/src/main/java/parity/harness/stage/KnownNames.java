package parity.harness.stage;

import java.util.Set;
import java.util.TreeSet;
import parity.harness.capture.Capture;
import parity.harness.capture.Part;
import parity.harness.capture.TapFiles;
import parity.harness.port.java.FromSourceTaps;

/** Names of all tensors that a capture has, or has a truth of: what a candidate may write. */
final class KnownNames {
  private KnownNames() {}

  static Set<String> of(Capture capture) {
    Set<String> names = new TreeSet<>();
    capture.full().ifPresent(file -> names.addAll(file.names()));
    capture.frontend().ifPresent(file -> names.addAll(file.names()));
    capture.chunks().ifPresent(file -> names.addAll(file.names()));
    for (Part part : Part.values()) {
      capture.taps(part).map(TapFiles::expected).ifPresent(names::addAll);
    }
    for (String name : Set.copyOf(names)) {
      if (name.equals(HiftOutputs.AUDIO)
          || name.startsWith(HiftOutputs.AUDIO + "#")
          || name.startsWith(Part.HIFT.label() + ".")) {
        names.add(FromSourceTaps.fromSource(name));
      }
    }
    return names;
  }
}
