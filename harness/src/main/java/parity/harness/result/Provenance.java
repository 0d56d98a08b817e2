package parity.harness.result;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import parity.cosyvoice.onnx.Session;

/** What made a result: versions of the harness, of Java and of the engine, and the machine. */
public final class Provenance {
  private Provenance() {}

  /** Name to value, in a fixed order. */
  public static Map<String, String> facts(int threads) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("parity", version());
    facts.put("java", Runtime.version().toString());
    facts.put("onnxruntime", Session.runtimeVersion());
    facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    facts.put("threads", Integer.toString(threads));
    return facts;
  }

  /** One line for {@code --version}. */
  public static String summary() {
    return "parity %s (Java %s, ONNX Runtime %s)"
        .formatted(version(), Runtime.version(), Session.runtimeVersion());
  }

  private static String version() {
    Properties properties = new Properties();
    try (InputStream in = Provenance.class.getResourceAsStream("/parity.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }
}
