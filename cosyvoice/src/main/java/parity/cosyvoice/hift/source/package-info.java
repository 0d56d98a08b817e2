/**
 * The source signal of the vocoder: fundamental frequency to harmonics and noise, in Java.
 *
 * <p>Nothing here predicts F0 or makes a waveform of the source.
 */
@NullMarked
package parity.cosyvoice.hift.source;

import org.jspecify.annotations.NullMarked;
