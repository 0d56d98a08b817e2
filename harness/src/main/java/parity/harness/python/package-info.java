/**
 * Finds a Python and runs the project's Python package in it.
 *
 * <p>Nothing here knows what a capture is: arguments, streams and exit codes pass through.
 */
@NullMarked
package parity.harness.python;

import org.jspecify.annotations.NullMarked;
