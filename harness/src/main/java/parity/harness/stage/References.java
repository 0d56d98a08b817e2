package parity.harness.stage;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parity.compare.limits.Basis;
import parity.harness.capture.Part;
import parity.harness.capture.TapFiles;
import parity.harness.result.StageName;
import parity.tensors.Tensor;
import parity.tensors.TensorFile;

/** What a capture expects of a stage, whoever computes it, in execution order. */
final class References {
  private final StageContext context;
  private final List<Reference> all = new ArrayList<>();

  private References(StageContext context) {
    this.context = context;
  }

  /**
   * All of a stage.
   *
   * @param arena owns limits of single elements
   * @throws Blocked if the capture has lost one of them
   */
  static List<Reference> of(StageName stage, StageContext context, Arena arena) {
    References references = new References(context);
    switch (stage) {
      case TEXT -> {
        for (String name : TextStage.IDS) {
          references.add(name, references.full(name), Optional.of(FixedLimits.SAME));
        }
      }
      case FRONTEND -> references.frontend(arena);
      case LLM -> {
        references.taps(Part.LLM, FixedLimits.LLM_MODULES);
        Tensor logp = references.full(LlmStage.LOGP);
        references.add(LlmStage.LOGP, logp, Optional.of(FixedLimits.LLM));
      }
      case FLOW -> {
        references.taps(Part.FLOW, FixedLimits.FLOW_MODULES);
        references.output(FlowStage.OUTPUT, FlowStage.OUTPUT, FixedLimits.FLOW);
      }
      case HIFT -> {
        Basis.Fixed fromMel = FixedLimits.hift(context.capture());
        references.taps(Part.HIFT, FixedLimits.HIFT_MODULES);
        references.output(HiftOutputs.SOURCE, HiftOutputs.SOURCE, fromMel);
        references.output(HiftOutputs.AUDIO, HiftOutputs.AUDIO, fromMel);
        references.output(HiftOutputs.FROM_SOURCE, HiftOutputs.AUDIO, FixedLimits.HIFT_FROM_SOURCE);
      }
      case END_TO_END ->
          throw new IllegalArgumentException("a candidate is compared stage by stage");
    }
    return references.all;
  }

  private void frontend(Arena arena) {
    TensorFile file = context.capture().frontend().orElseThrow();
    for (String name : file.names()) {
      Tensor tensor = file.get(name);
      add(name, tensor, Optional.of(FrontendLimits.of(name, tensor, arena)));
    }
  }

  private void taps(Part part, Basis.Fixed withoutTruth) {
    TapFiles files = context.capture().taps(part).orElse(null);
    if (files == null) {
      return;
    }
    TruthFile truth = new TruthFile(files.truth(), part.cumulativeTruth(), context);
    for (String name : files.expected()) {
      if (!TapFiles.isInput(name)) {
        if (files.info(name).isEmpty()) {
          throw new Blocked(
              "%s is missing from %s; put the file back, or capture again"
                  .formatted(name, part.taps()));
        }
        all.add(new Reference(name, files.get(name), truth.basis(name, withoutTruth), false));
      }
    }
  }

  /** An output of the whole utterance, and of each chunk of a streaming run. */
  private void output(String name, String captured, Basis.Fixed withoutTruth) {
    Chunks chunks = Chunks.of(context.capture()).orElse(null);
    TruthFile ofChunks = TruthFile.ofChunks(context);
    for (int i = 0; chunks != null && i < chunks.count(); i++) {
      String one = Chunks.name(name, i);
      add(one, chunks.file().get(Chunks.name(captured, i)), ofChunks.basis(one, withoutTruth));
    }
    add(name, full(captured), TruthFile.ofOutputs(context).basis(name, withoutTruth));
  }

  private Tensor full(String name) {
    return new Captured(context.capture().full().orElseThrow()).get(name);
  }

  private void add(String name, Tensor tensor, Optional<Basis> basis) {
    all.add(new Reference(name, tensor, basis, true));
  }
}
