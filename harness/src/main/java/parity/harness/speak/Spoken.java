package parity.harness.speak;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import parity.cosyvoice.synthesis.SpeechTimes;

/**
 * What was spoken.
 *
 * @param segments what was said
 * @param seconds of sound, of each segment
 * @param seed with which the same is said again
 * @param times what the parts took
 * @param firstSound seconds until the first sound was there, opening the model included
 * @param total seconds until the last
 */
public record Spoken(
    List<String> segments,
    List<Double> seconds,
    long seed,
    SpeechTimes times,
    double firstSound,
    double total) {
  /** Seconds of sound in all. */
  double sounds() {
    return seconds.stream().mapToDouble(Double::doubleValue).sum();
  }

  /** How much longer the parts worked than it sounds. */
  double realTimeFactor() {
    return (times.llm() + times.flow() + times.hift()) / sounds();
  }

  /** For a person. */
  public String line() {
    return String.format(
        Locale.ROOT,
        "%.2f s of speech in %.2f s (first sound after %.2f s); real-time factor %.2f: LLM %.2f s, flow %.2f s, HiFT %.2f s; seed %d",
        sounds(),
        total,
        firstSound,
        realTimeFactor(),
        times.llm(),
        times.flow(),
        times.hift(),
        seed);
  }

  /** For a program. */
  public String json() {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("seconds", sounds());
    json.put("seed", seed);
    json.put("tokens", times.tokens());
    json.put("real_time_factor", realTimeFactor());
    json.put("llm_seconds", times.llm());
    json.put("flow_seconds", times.flow());
    json.put("hift_seconds", times.hift());
    json.put("first_sound_seconds", firstSound);
    json.put("total_seconds", total);
    var all = json.putArray("segments");
    for (int i = 0; i < segments.size(); i++) {
      all.addObject().put("text", segments.get(i)).put("seconds", seconds.get(i));
    }
    return json.toString();
  }
}
