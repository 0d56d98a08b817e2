package parity.harness.stage;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import parity.harness.capture.TapFiles;
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
    String call = call(outer);
    String path = outer.substring(0, outer.length() - call.length()).replaceFirst("\\.0$", "");
    return call.equals(call(inner)) && inner.startsWith(path + ".");
  }

  /** A dropout, which passes on what the member of the list before it returned. */
  private static boolean isBeside(String next, String name) {
    return call(next).equals(call(name)) && list(next).equals(list(name));
  }

  private static String list(String name) {
    String path = name.substring(0, name.length() - call(name).length());
    return path.substring(0, Math.max(path.lastIndexOf('.'), 0));
  }

  private static String call(String name) {
    int number = name.lastIndexOf('#');
    return number < 0 ? "" : name.substring(number);
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
