package parity.cosyvoice.frontend;

import java.nio.file.Path;
import java.util.List;
import parity.cosyvoice.onnx.Port;
import parity.tensors.BadInputException;

/** What is wrong with the inputs or outputs of a model that somebody put in place of upstream's. */
final class Ports {
  private Ports() {}

  static BadInputException mismatch(Path file, String side, List<Port> found, String expected) {
    return new BadInputException(
        "%s: model with %s %s, expected %s; put upstream's file there"
            .formatted(file, side, found, expected));
  }
}
