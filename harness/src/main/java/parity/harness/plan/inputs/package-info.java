/**
 * What the stages start from, as a capture holds it: prompts, tokens, noise, and the calls of Flow
 * and of the vocoder.
 *
 * <p>Nothing here says what is expected of a stage.
 */
@NullMarked
package parity.harness.plan.inputs;

import org.jspecify.annotations.NullMarked;
