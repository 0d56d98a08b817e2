/**
 * What upstream can do that a capture may or may not exercise, and how often a capture did. A PASS
 * says nothing of what it did not.
 *
 * <p>May not live here: anything that runs a model, native or not. What is counted is the
 * capture's, so that a wrong native side cannot hide what it was not asked.
 */
@NullMarked
package parity.harness.regime;

import org.jspecify.annotations.NullMarked;
