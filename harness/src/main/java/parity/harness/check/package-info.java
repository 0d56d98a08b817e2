/**
 * Whether a model folder can be used: every file read once, and held against what upstream takes.
 *
 * <p>Nothing here runs a model or compares numbers.
 */
@NullMarked
package parity.harness.check;

import org.jspecify.annotations.NullMarked;
