/**
 * A command that computes: it is given a stage's inputs, run, and what it wrote is read.
 *
 * <p>Nothing here judges.
 */
@NullMarked
package parity.harness.port.command;

import org.jspecify.annotations.NullMarked;
