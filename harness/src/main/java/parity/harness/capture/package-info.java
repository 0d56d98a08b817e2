/**
 * What upstream Python computed, as files: which there are, what made them, what is in them.
 *
 * <p>Nothing here runs a model or judges a difference.
 */
@NullMarked
package parity.harness.capture;

import org.jspecify.annotations.NullMarked;
