package parity.harness.check;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import parity.cosyvoice.weights.StateDictDifference;

/** A model folder, for programs; docs/reference/check-model.md describes every field. */
public final class ModelJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ModelJson() {}

  /** The report as text. */
  public static String text(ModelReport report) {
    ObjectNode root = JSON.createObjectNode();
    root.put("usable", report.usable());
    var files = root.putArray("files");
    report.files().forEach(file -> add(files.addObject(), file));
    return root.toPrettyString();
  }

  private static void add(ObjectNode node, ModelFile file) {
    node.put("name", file.name());
    node.put("need", file.need().name());
    node.put("fine", file.isFine());
    node.put("says", file.says());
    file.link().ifPresent(target -> node.put("link", target));
    file.bytes().ifPresent(bytes -> node.put("bytes", bytes));
    file.sha256().ifPresent(sum -> node.put("sha256", sum));
    file.ofCapture().ifPresent(same -> node.put("of_capture", same));
    file.weights().ifPresent(weights -> add(node, weights));
    file.problems().forEach(node.putArray("problems")::add);
  }

  private static void add(ObjectNode node, WeightsFound weights) {
    ObjectNode tensors = node.putObject("tensors");
    weights.tensors().forEach(tensors::put);
    node.put("members", weights.members());
    weights.damaged().forEach(node.putArray("damaged")::add);
    ObjectNode notFinite = node.putObject("not_finite");
    weights.notFinite().forEach(notFinite::put);
    StateDictDifference difference = weights.difference();
    difference.unexpected().forEach(node.putArray("unexpected")::add);
    difference.missing().forEach(node.putArray("missing")::add);
    difference.misshapen().forEach(node.putArray("misshapen")::add);
    weights.notFloat32().forEach(node.putArray("not_float32")::add);
  }
}
