package parity.harness.mutation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import parity.cosyvoice.config.CfmConfig;
import parity.cosyvoice.config.CosyVoiceConfig;
import parity.cosyvoice.config.FlowConfig;
import parity.cosyvoice.config.HiftConfig;
import parity.cosyvoice.config.LlmConfig;
import parity.cosyvoice.config.MelConfig;
import parity.harness.result.StageName;

/** Faults of what is computed outside the graphs, by way of the configuration. */
final class ConfigFaults {
  private final List<Mutant> all = new ArrayList<>();

  private ConfigFaults() {}

  /** Those of one stage. */
  static List<Mutant> of(StageName stage) {
    ConfigFaults faults = new ConfigFaults();
    Map<StageName, Runnable> known =
        Map.of(
            StageName.FRONTEND, faults::frontend,
            StageName.LLM, faults::llm,
            StageName.FLOW, faults::flow,
            StageName.HIFT, faults::hift);
    known.getOrDefault(stage, () -> {}).run();
    return faults.all;
  }

  private void frontend() {
    mel("mel from 20 Hz on", mel -> with(mel, 20, mel.fmax()));
    mel("mel up to 7600 Hz", mel -> with(mel, mel.fmin(), OptionalDouble.of(7600)));
  }

  private static MelConfig with(MelConfig mel, double fmin, OptionalDouble fmax) {
    return new MelConfig(
        mel.nFft(),
        mel.numMels(),
        mel.samplingRate(),
        mel.hopSize(),
        mel.winSize(),
        fmin,
        fmax,
        mel.center());
  }

  private void mel(String kind, UnaryOperator<MelConfig> change) {
    all.add(
        Mutant.ofConfig(
            StageName.FRONTEND,
            kind,
            "speech_feat",
            it ->
                new CosyVoiceConfig(
                    it.sampleRate(),
                    it.spkEmbedDim(),
                    it.llm(),
                    it.flow(),
                    it.hift(),
                    change.apply(it.featExtractor()))));
  }

  private void llm() {
    llm(
        "one token less in the nucleus",
        "sampling.size",
        it -> sampling(it, it.topK() - 1, it.tauR()));
    llm("any token is said too often", "sampling.step", it -> sampling(it, it.topK(), 0));
  }

  private static LlmConfig sampling(LlmConfig it, int topK, double tauR) {
    return new LlmConfig(
        it.inputSize(), it.outputSize(), it.speechTokenSize(), it.topP(), topK, it.winSize(), tauR);
  }

  private void llm(String kind, String module, UnaryOperator<LlmConfig> change) {
    all.add(
        Mutant.ofConfig(
            StageName.LLM,
            kind,
            module,
            it ->
                new CosyVoiceConfig(
                    it.sampleRate(),
                    it.spkEmbedDim(),
                    change.apply(it.llm()),
                    it.flow(),
                    it.hift(),
                    it.featExtractor())));
  }

  private void flow() {
    cfm(
        "guidance rate",
        cfm -> new CfmConfig(cfm.inferenceCfgRate() * 1.01, cfm.cosineSchedule()),
        "flow.decoder.solve_euler.x");
    cfm(
        "Euler schedule",
        cfm -> new CfmConfig(cfm.inferenceCfgRate(), !cfm.cosineSchedule()),
        "flow.decoder.solve_euler.x");
  }

  private void cfm(String kind, UnaryOperator<CfmConfig> change, String module) {
    all.add(
        Mutant.ofConfig(
            StageName.FLOW,
            kind,
            module,
            it -> {
              FlowConfig flow = it.flow();
              FlowConfig changed =
                  new FlowConfig(
                      flow.inputSize(),
                      flow.outputSize(),
                      flow.spkEmbedDim(),
                      flow.vocabSize(),
                      flow.tokenMelRatio(),
                      flow.preLookaheadLen(),
                      flow.preLookaheadChannels(),
                      change.apply(flow.cfm()),
                      flow.estimator());
              return new CosyVoiceConfig(
                  it.sampleRate(),
                  it.spkEmbedDim(),
                  it.llm(),
                  changed,
                  it.hift(),
                  it.featExtractor());
            }));
  }

  private void hift() {
    hift(
        "amplitude of the sines",
        "hift.m_source.l_sin_gen",
        it -> source(it, it.nsfAlpha() * 1.01, it.nsfSigma(), it.audioLimit(), it.samplingRate()));
    hift(
        "noise of voiced frames",
        "hift.m_source.l_sin_gen",
        it -> source(it, it.nsfAlpha(), it.nsfSigma() * 1.01, it.audioLimit(), it.samplingRate()));
    hift(
        "sampling rate of the sines",
        "hift.m_source.l_sin_gen",
        it -> source(it, it.nsfAlpha(), it.nsfSigma(), it.audioLimit(), it.samplingRate() + 1));
    hift(
        "limit of the waveform",
        "python_audio_output",
        it -> source(it, it.nsfAlpha(), it.nsfSigma(), it.audioLimit() / 10, it.samplingRate()));
  }

  private static HiftConfig source(
      HiftConfig it, double alpha, double sigma, double limit, int samplingRate) {
    return new HiftConfig(
        it.inChannels(),
        it.baseChannels(),
        it.nbHarmonics(),
        samplingRate,
        alpha,
        sigma,
        it.nsfVoicedThreshold(),
        it.upsampleRates(),
        it.upsampleKernelSizes(),
        it.nFft(),
        it.hopLen(),
        it.resblockKernelSizes(),
        it.resblockDilationSizes(),
        it.sourceResblockKernelSizes(),
        it.sourceResblockDilationSizes(),
        it.lreluSlope(),
        limit,
        it.convPreLookRight(),
        it.f0Predictor());
  }

  private void hift(String kind, String module, UnaryOperator<HiftConfig> change) {
    all.add(
        Mutant.ofConfig(
            StageName.HIFT,
            kind,
            module,
            it ->
                new CosyVoiceConfig(
                    it.sampleRate(),
                    it.spkEmbedDim(),
                    it.llm(),
                    it.flow(),
                    change.apply(it.hift()),
                    it.featExtractor())));
  }
}
