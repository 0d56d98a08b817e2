package parity.cosyvoice.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code parity capture texts} wrote.
 *
 * @param specialTokens token to id, in the order of the ids
 */
record UpstreamTexts(Map<String, Integer> specialTokens, List<Said> texts) {
  static final Path GOLDEN =
      Path.of("src", "test", "resources", "parity", "cosyvoice", "text", "texts.json");

  /**
   * What upstream makes of one text.
   *
   * @param normalized the whole text; empty where upstream raised
   * @param segments none where upstream raised
   * @param raises the exception that upstream ended with, or empty
   */
  record Said(
      String text,
      List<Integer> tokens,
      String normalized,
      List<String> segments,
      List<List<Integer>> segmentTokens,
      String raises) {}

  static UpstreamTexts read(Path file) {
    Map<String, Integer> special = new LinkedHashMap<>();
    List<Said> texts = new ArrayList<>();
    try (JsonParser json = new JsonFactory().createParser(file.toFile())) {
      json.nextToken();
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "special_tokens" -> {
            while (json.nextToken() != JsonToken.END_OBJECT) {
              special.put(json.currentName(), json.nextIntValue(-1));
            }
          }
          case "texts" -> {
            while (json.nextToken() != JsonToken.END_ARRAY) {
              texts.add(said(json));
            }
          }
          default -> json.skipChildren();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new UpstreamTexts(special, texts);
  }

  private static Said said(JsonParser json) throws IOException {
    Map<String, String> strings = new LinkedHashMap<>();
    List<Integer> tokens = List.of();
    List<String> segments = new ArrayList<>();
    List<List<Integer>> segmentTokens = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "tokens" -> tokens = integers(json);
        case "segments" -> {
          while (json.nextToken() != JsonToken.END_ARRAY) {
            segments.add(json.getText());
          }
        }
        case "segment_tokens" -> {
          while (json.nextToken() != JsonToken.END_ARRAY) {
            segmentTokens.add(integers(json));
          }
        }
        default -> strings.put(name, json.getText());
      }
    }
    return new Said(
        strings.getOrDefault("text", ""),
        tokens,
        strings.getOrDefault("normalized", ""),
        segments,
        segmentTokens,
        strings.getOrDefault("raises", ""));
  }

  private static List<Integer> integers(JsonParser json) throws IOException {
    List<Integer> integers = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      integers.add(json.getIntValue());
    }
    return integers;
  }
}
