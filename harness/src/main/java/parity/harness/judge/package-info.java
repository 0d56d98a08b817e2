/**
 * Holds what a port answers against the plan, tells people of it, and says what is missing.
 *
 * <p>Nothing here computes what is compared, or knows which port answers.
 */
@NullMarked
package parity.harness.judge;

import org.jspecify.annotations.NullMarked;
