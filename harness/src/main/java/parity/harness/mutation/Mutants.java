package parity.harness.mutation;

import ai.onnx.proto.OnnxMl.GraphProto;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import parity.cosyvoice.config.CosyVoiceConfig;
import parity.cosyvoice.config.CosyVoiceConfigReader;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.synthesis.ModelWeights;
import parity.cosyvoice.weights.CheckpointWeights;
import parity.harness.result.StageName;
import parity.harness.stage.Stage;
import parity.harness.stage.Stages;

/** All faults that fit a stage. */
record Mutants(MutationScore.Request request, StageName stage) {
  /** Faults of the stage, whose graphs are given; as many as are asked for. */
  List<Mutant> of(List<Graph.Model> graphs) {
    List<Mutant> mutants = new ArrayList<>(ConfigFaults.of(stage));
    Set<String> nodes = new HashSet<>();
    Set<String> weights = new HashSet<>();
    for (Graph.Model model : graphs) {
      GraphProto graph = model.proto().getGraph();
      for (int i = 0; i < graph.getNodeCount(); i++) {
        String node = graph.getNode(i).getName();
        if (!node.startsWith("tap ") && nodes.add(node)) {
          addNode(graph, i, mutants);
        }
      }
      graph.getInitializerList().stream()
          .map(initializer -> initializer.getName())
          .forEach(weights::add);
    }
    if (Stages.of(stage).is(Stage.Trait.MODULES)) {
      try (CheckpointWeights checkpoint = checkpoint()) {
        weights.stream()
            .sorted()
            .forEach(name -> WeightFaults.of(stage, name, checkpoint).forEach(mutants::add));
      }
    }
    return drawn(mutants);
  }

  private CheckpointWeights checkpoint() {
    Path modelDir = request.modelDir();
    CosyVoiceConfig config = CosyVoiceConfigReader.read(modelDir);
    String file = Stages.of(stage).modelFiles().getFirst();
    return switch (file) {
      case ModelWeights.LLM -> ModelWeights.llm(modelDir, file, config);
      case ModelWeights.FLOW -> ModelWeights.flow(modelDir, config);
      case ModelWeights.HIFT -> ModelWeights.hift(modelDir, config);
      default -> throw new IllegalStateException(stage + " has no checkpoint");
    };
  }

  private void addNode(GraphProto graph, int index, List<Mutant> mutants) {
    String name = graph.getNode(index).getName();
    String owner = name.substring(0, name.lastIndexOf('/'));
    for (Map.Entry<String, NodeFault> fault : NodeFaults.all().entrySet()) {
      if (fault.getValue().in(graph, index).isPresent()) {
        mutants.add(
            Mutant.ofGraph(
                stage,
                fault.getKey(),
                name,
                owner,
                model -> spoilt(model, name, fault.getValue())));
      }
    }
  }

  private static Graph.Model spoilt(Graph.Model model, String node, NodeFault fault) {
    GraphProto graph = model.proto().getGraph();
    for (int i = 0; i < graph.getNodeCount(); i++) {
      if (graph.getNode(i).getName().equals(node)) {
        return fault
            .in(graph, i)
            .map(changed ->
                new Graph.Model(
                    model.proto().toBuilder().setGraph(changed).build(),
                    model.folder(),
                    model.tensors(),
                    model.source()))
            .orElse(model);
      }
    }
    return model;
  }

  /** Of each kind so many, drawn from the seed. */
  private List<Mutant> drawn(List<Mutant> mutants) {
    if (request.sites().isEmpty()) {
      return mutants;
    }
    List<Mutant> shuffled = new ArrayList<>(mutants);
    Collections.shuffle(shuffled, new Random(request.seed()));
    Map<String, Integer> counts = new HashMap<>();
    return shuffled.stream()
        .filter(mutant -> counts.merge(mutant.kind(), 1, Integer::sum) <= request.sites().get())
        .toList();
  }
}
