package parity.cosyvoice.config;

import java.util.OptionalDouble;

/**
 * {@code feat_extractor: !name:matcha.utils.audio.mel_spectrogram}.
 *
 * @param fmax upper edge of the highest band in Hz; absent is half the sampling rate
 */
public record MelConfig(
    int nFft,
    int numMels,
    int samplingRate,
    int hopSize,
    int winSize,
    double fmin,
    OptionalDouble fmax,
    boolean center) {}
