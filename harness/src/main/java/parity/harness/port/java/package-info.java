/**
 * The Java engine as a port, whole and streamed: runs a stage on the reference's inputs and pushes
 * what its modules and the stage return.
 *
 * <p>Nothing here judges, or holds a reference against what it computes.
 */
@NullMarked
package parity.harness.port.java;

import org.jspecify.annotations.NullMarked;
