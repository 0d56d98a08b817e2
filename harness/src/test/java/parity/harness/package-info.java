/**
 * Tests of the command line from outside: arguments in, exit code and files out.
 *
 * <p>What one class does on its own is tested in the packages below.
 */
@NullMarked
package parity.harness;

import org.jspecify.annotations.NullMarked;
