/**
 * Another port in the native side's place: a folder of what it computed, or a command that computes
 * it.
 *
 * <p>Nothing here compares or knows what a stage is.
 */
@NullMarked
package parity.harness.candidate;

import org.jspecify.annotations.NullMarked;
