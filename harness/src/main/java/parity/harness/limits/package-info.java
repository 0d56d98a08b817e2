/**
 * What a tensor of CosyVoice3 is judged by: its float64 truth and the table of limits, or fixed
 * limits where there is no truth.
 *
 * <p>Nothing here compares, or knows who computed the tensor.
 */
@NullMarked
package parity.harness.limits;

import org.jspecify.annotations.NullMarked;
