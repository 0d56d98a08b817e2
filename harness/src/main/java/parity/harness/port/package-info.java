/**
 * Whoever answers what a capture expects: the Java engine, a folder of tensors, a command. A port
 * pushes tensors by name.
 *
 * <p>Nothing here judges.
 */
@NullMarked
package parity.harness.port;

import org.jspecify.annotations.NullMarked;
