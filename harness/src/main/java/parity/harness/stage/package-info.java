/**
 * The registry of stages, and how one is run: a plan, whoever answers it, and the judge between
 * them.
 *
 * <p>Nothing here compares, computes, or knows what a stage expects.
 */
@NullMarked
package parity.harness.stage;

import org.jspecify.annotations.NullMarked;
