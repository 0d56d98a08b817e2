package parity.harness.stage;

import java.util.List;
import parity.harness.capture.Part;
import parity.harness.capture.TapFiles;
import parity.harness.capture.TapName;
import parity.harness.names.NearNames;
import parity.tensors.BadInputException;

/** Of a part, one module alone is looked at. */
final class OneModule {
  private OneModule() {}

  /**
   * Says what is expected of the module: what it returns, and what it is given that is no module's
   * output.
   *
   * @param module its name, with the number of a call or for all calls
   * @return what the capture has of the part's modules
   * @throws BadInputException if the capture has nothing of that name
   */
  static TapFiles expect(Part part, String module, Checks checks, StageContext context) {
    TapFiles files =
        context
            .capture()
            .taps(part)
            .orElseThrow(() ->
                new BadInputException(
                    "%s: the capture has no %s, so no module can be run alone; capture with --taps boundary"
                        .formatted(module, part.taps())));
    List<String> names =
        files.expected().stream()
            .filter(name -> files.info(name).isPresent() && isOf(module, name))
            .toList();
    if (names.isEmpty()) {
      throw new BadInputException(
          "%s: %s holds no module of that name; ./parity inspect shows what it holds%s"
              .formatted(
                  module, files.taps().path(), NearNames.moduleHint(module, files.expected())));
    }
    for (String name : names) {
      checks.expect(name, files.info(name).orElseThrow());
      checks.isolatedOnly(name);
    }
    return files;
  }

  /** Whether a tensor is of a module inside that one, which must then compute it itself. */
  static boolean isInside(String module, String name) {
    String path = TapName.of(module).path();
    return name.startsWith(path + ".") && !isOf(path, name);
  }

  private static boolean isOf(String module, String name) {
    TapName wanted = TapName.of(module);
    String path = wanted.path();
    String rest = name.startsWith(path) ? name.substring(path.length()) : "?";
    String call = wanted.call().isEmpty() ? "(#\\d+)?" : wanted.call();
    return rest.matches("([.]\\d+|:\\w+)?" + call);
  }
}
