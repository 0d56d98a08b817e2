/**
 * Tests of the whole: how the packages depend on each other, and how the process ends.
 *
 * <p>What one package does is tested in the test package of the same name.
 */
@NullMarked
package parity.harness;

import org.jspecify.annotations.NullMarked;
