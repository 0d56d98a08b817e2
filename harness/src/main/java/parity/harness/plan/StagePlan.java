package parity.harness.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import parity.harness.capture.TapName;
import parity.tensors.Tensor;
import parity.tensors.TensorFile;
import parity.tensors.TensorInfo;

/**
 * What a capture expects of a stage, whoever answers.
 *
 * @param expectations in execution order
 * @param strays what the capture holds and nobody expects
 * @param inputs what a port is given to compute from
 * @param modules of a stage whose modules were captured
 */
public record StagePlan(
    List<Expectation> expectations,
    Map<String, TensorInfo> strays,
    Map<String, Tensor> inputs,
    Optional<ModulePlan> modules) {
  /** Of a stage of which nothing could be planned. */
  public static final StagePlan NOTHING =
      new StagePlan(List.of(), Map.of(), Map.of(), Optional.empty());

  /** Gathers a plan; what is expected first stands first, and a name is expected once. */
  static final class Builder {
    private final SequencedMap<String, Expectation> expectations = new LinkedHashMap<>();
    private final Map<String, TensorInfo> strays = new TreeMap<>();
    private final Map<String, Tensor> inputs = new TreeMap<>();
    private Optional<ModulePlan> modules = Optional.empty();

    Builder expect(Expectation expectation) {
      expectations.putIfAbsent(expectation.name(), expectation);
      return this;
    }

    Builder text(String name, String text) {
      return expect(
          new Expectation(name, Role.OUTPUT, new Reference.Words(text), Kind.NUMBERS, false));
    }

    Builder lost(String name, Role role, TensorInfo info) {
      return expect(new Expectation(name, role, new Reference.Lost(info), Kind.NUMBERS, false));
    }

    boolean expects(String name) {
      return expectations.containsKey(name);
    }

    Builder stray(String name, TensorInfo info) {
      strays.put(name, info);
      return this;
    }

    /** A port is given those of a file that are called so, of every chunk. */
    Builder inputs(Optional<TensorFile> from, String... names) {
      List<String> wanted = List.of(names);
      from.ifPresent(file ->
          file.names().stream()
              .filter(name -> wanted.contains(TapName.of(name).path()))
              .forEach(name -> inputs.put(name, file.get(name))));
      return this;
    }

    Builder modules(ModulePlan plan) {
      modules = Optional.of(plan);
      return this;
    }

    StagePlan build() {
      return new StagePlan(
          new ArrayList<>(expectations.values()),
          Map.copyOf(strays),
          new TreeMap<>(inputs),
          modules);
    }
  }
}
