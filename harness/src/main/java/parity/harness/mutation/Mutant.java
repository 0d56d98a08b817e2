package parity.harness.mutation;

import java.util.function.UnaryOperator;
import parity.cosyvoice.config.CosyVoiceConfig;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Weights;
import parity.harness.result.StageName;

/**
 * One fault.
 *
 * @param kind of fault, e.g. {@code dropped bias}
 * @param site where it is put in: a node, a weight, or a part of the configuration
 * @param owner tap, entrance or module that the site works for, as a capture calls it; empty for
 *     what joins a part's last modules
 * @param graph what is done to every graph of the stage
 * @param weights what is done to the stage's weights
 * @param config what is done to the configuration
 */
record Mutant(
    StageName stage,
    String kind,
    String site,
    String owner,
    UnaryOperator<Graph.Model> graph,
    UnaryOperator<Weights> weights,
    UnaryOperator<CosyVoiceConfig> config) {
  static Mutant ofGraph(
      StageName stage, String kind, String site, String owner, UnaryOperator<Graph.Model> graph) {
    return new Mutant(
        stage,
        kind,
        site,
        captured(stage, owner),
        graph,
        UnaryOperator.identity(),
        UnaryOperator.identity());
  }

  static Mutant ofWeights(
      StageName stage, String kind, String site, String owner, UnaryOperator<Weights> weights) {
    return new Mutant(
        stage,
        kind,
        site,
        captured(stage, owner),
        UnaryOperator.identity(),
        weights,
        UnaryOperator.identity());
  }

  static Mutant ofConfig(
      StageName stage, String kind, String owner, UnaryOperator<CosyVoiceConfig> config) {
    return new Mutant(
        stage,
        kind,
        "configuration",
        owner,
        UnaryOperator.identity(),
        UnaryOperator.identity(),
        config);
  }

  /** As a capture calls what a graph or a checkpoint calls {@code owner}. */
  private static String captured(StageName stage, String owner) {
    return owner.isEmpty() ? "" : stage.label() + "." + owner;
  }

  @Override
  public String toString() {
    return stage + ": " + kind + " at " + site;
  }
}
