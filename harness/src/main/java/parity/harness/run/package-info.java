/**
 * One run of the harness: stages in order, outputs that appear whole or not at all.
 *
 * <p>Nothing here knows how a stage compares.
 */
@NullMarked
package parity.harness.run;

import org.jspecify.annotations.NullMarked;
