/**
 * Text as CosyVoice3 reads it: upstream's normalisation where it finds no normaliser of its own,
 * its cutting into segments, and Qwen2's token ids.
 *
 * <p>Nothing here knows of sound or of a network.
 */
@NullMarked
package parity.cosyvoice.text;

import org.jspecify.annotations.NullMarked;
