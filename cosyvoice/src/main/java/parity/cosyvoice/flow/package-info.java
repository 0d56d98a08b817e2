/**
 * CosyVoice3's Flow: speech tokens, a prompt and a speaker to a mel spectrogram.
 *
 * <p>Networks are ONNX graphs built here from the configuration; the Euler solver between them is
 * Java. Nothing here reads files or compares results.
 */
@NullMarked
package parity.cosyvoice.flow;

import org.jspecify.annotations.NullMarked;
