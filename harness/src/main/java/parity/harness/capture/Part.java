package parity.harness.capture;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A part of the model with taps of its own. */
public enum Part {
  LLM,
  FLOW,
  HIFT;

  /** Name of the file with the output of every module. */
  public String taps() {
    return "taps_" + label() + ".safetensors";
  }

  /** Name of the file with what modules were given that is no module's output. */
  public String inputs() {
    return "inputs_" + label() + ".safetensors";
  }

  /** Name of the file with the truth of every module on the reference's own inputs. */
  public String isolatedTruth() {
    return "truth_" + label() + ".safetensors";
  }

  /** Name of the file with the truth of every module in a run that is float64 throughout. */
  public String cumulativeTruth() {
    return "truth_" + label() + "_cumulative.safetensors";
  }

  /** Names of all files of the part's modules. */
  public List<String> files() {
    return List.of(taps(), inputs(), isolatedTruth(), cumulativeTruth());
  }

  /** The same behind other files. */
  public List<String> with(String... others) {
    return Stream.concat(Stream.of(others), files().stream()).toList();
  }

  /** As file and tensor names spell it: {@code flow}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
