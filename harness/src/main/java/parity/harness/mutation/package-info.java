/**
 * Puts one fault at a time into the native side, and counts how many the harness sees, and of how
 * many it names the module. Nothing else of the harness knows of this.
 */
@NullMarked
package parity.harness.mutation;

import org.jspecify.annotations.NullMarked;
