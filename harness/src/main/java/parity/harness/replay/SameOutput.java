package parity.harness.replay;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import parity.harness.capture.TapFiles;
import parity.harness.capture.TapName;
import parity.tensors.Tensor;
import parity.tensors.TensorInfo;

/**
 * Modules that return what a module inside them returned, as an attention does with its last linear
 * layer. Where a capture does not say what modules were given, such a layer cannot be told from
 * what comes before it inside the attention: to the rounding of the layer comes that of the product
 * with the values. So it is judged by the truth of the attention, which knows of both.
 */
final class SameOutput {
  private final TapFiles files;
  private final Map<String, Integer> places = new HashMap<>();

  SameOutput(TapFiles files) {
    this.files = files;
    List<String> names = files.expected();
    for (int place = 0; place < names.size(); place++) {
      places.put(names.get(place), place);
    }
  }

  /** The outermost module around one that returned the same numbers next; else itself. */
  String outermost(String name) {
    List<String> names = files.expected();
    String outermost = name;
    for (int place = places.getOrDefault(name, names.size()) + 1; place < names.size(); place++) {
      String next = names.get(place);
      if (!isAround(next, name) && !isBeside(next, name)) {
        return outermost;
      }
      if (!same(name, next)) {
        return outermost;
      }
      outermost = isAround(next, name) ? next : outermost;
    }
    return outermost;
  }

  private static boolean isAround(String outer, String inner) {
    TapName around = TapName.of(outer);
    return around.call().equals(TapName.of(inner).call())
        && inner.startsWith(around.path().replaceFirst("\\.0$", "") + ".");
  }

  /** A dropout, which passes on what the member of the list before it returned. */
  private static boolean isBeside(String next, String name) {
    TapName one = TapName.of(next);
    TapName other = TapName.of(name);
    return one.call().equals(other.call()) && list(one.path()).equals(list(other.path()));
  }

  private static String list(String path) {
    return path.substring(0, Math.max(path.lastIndexOf('.'), 0));
  }

  private boolean same(String one, String other) {
    if (TapFiles.isInput(one) || TapFiles.isInput(other)) {
      return false;
    }
    TensorInfo info = files.info(one).orElse(null);
    if (info == null || !info.equals(files.info(other).orElse(null))) {
      return false;
    }
    Tensor first = files.get(one);
    return first.data().mismatch(files.get(other).data()) < 0;
  }
}
