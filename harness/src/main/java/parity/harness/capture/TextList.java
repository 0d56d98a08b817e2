package parity.harness.capture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists of texts, as metadata has them: JSON in one line. */
final class TextList {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private TextList() {}

  /** The list, if it is one, and has nothing but texts in it. */
  static Optional<List<String>> of(String json) {
    JsonNode list;
    try {
      list = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode text : list) {
      if (text.isTextual()) {
        texts.add(text.asText());
      }
    }
    return list.isArray() && texts.size() == list.size() ? Optional.of(texts) : Optional.empty();
  }
}
