package parity.cosyvoice.config;

/** {@code f0_predictor: !new:cosyvoice.hifigan.f0_predictor.CausalConvRNNF0Predictor}. */
public record F0PredictorConfig(int numClass, int inChannels, int condChannels) {}
