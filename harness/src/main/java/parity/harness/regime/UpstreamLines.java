package parity.harness.regime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which lines of upstream's text frontend ran on the text that is spoken, and which of them changed
 * it.
 *
 * @param counts by {@code file:line}
 */
record UpstreamLines(Map<String, Counts> counts) {
  /** Of no text. */
  static final UpstreamLines NONE = new UpstreamLines(Map.of());

  /** Name of the metadata: {@code {file: {line: [ran, changed]}}} as JSON. */
  static final String KEY = "text_frontend_lines";

  /** The lines are those of this commit; of another they may be others. */
  private static final String COMMIT = "ace7c47f41bbd303aa6bf1ea80e6f9fbd595cd40";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /**
   * Of one line.
   *
   * @param ran how often it ran
   * @param changed how often it changed the text
   */
  record Counts(long ran, long changed) {}

  /** What a capture says; nothing where it does not, or where the lines may be others. */
  static Optional<UpstreamLines> of(Map<String, String> metadata) {
    String text = metadata.getOrDefault(KEY, "");
    boolean known =
        COMMIT.equals(metadata.get("upstream_commit"))
            && !metadata.getOrDefault("upstream_modified", "").contains("frontend");
    if (text.isEmpty() || !known) {
      return Optional.empty();
    }
    try {
      Map<String, Counts> counts = new HashMap<>();
      for (Map.Entry<String, JsonNode> file : JSON.readTree(text).properties()) {
        for (Map.Entry<String, JsonNode> line : file.getValue().properties()) {
          JsonNode both = line.getValue();
          counts.put(
              file.getKey() + ":" + line.getKey(),
              new Counts(both.path(0).asLong(), both.path(1).asLong()));
        }
      }
      return Optional.of(new UpstreamLines(counts));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private Counts at(String line) {
    return counts.getOrDefault(line, new Counts(0, 0));
  }

  /** How often a line ran. */
  long ran(String line) {
    return at(line).ran;
  }

  /** How often a line changed the text. */
  long changed(String line) {
    return at(line).changed;
  }
}
