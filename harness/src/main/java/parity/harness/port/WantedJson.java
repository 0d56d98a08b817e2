package parity.harness.port;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import parity.harness.plan.Wanted;
import parity.tensors.Text;

/** What a candidate is asked for, for machines: {@code expected.json}. */
public final class WantedJson {
  private WantedJson() {}

  /** A list of {@code {"stage", "name", "dtype", "shape", "step"}}, in execution order. */
  public static String text(List<Wanted> wanted) {
    ArrayNode list = new ObjectMapper().createArrayNode();
    for (Wanted each : wanted) {
      ObjectNode node = list.addObject();
      node.put("stage", each.stage());
      node.put("name", each.name());
      node.put("dtype", each.info().dtype().name());
      ArrayNode shape = node.putArray("shape");
      Arrays.stream(each.info().shape().dims()).forEach(shape::add);
      node.put("step", each.step());
    }
    return Text.visibleLines(list.toPrettyString());
  }
}
