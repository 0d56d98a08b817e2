/**
 * The first class of {@code parity.jar}, which says what is needed where Java is too old.
 *
 * <p>It is compiled for Java 8, so nothing here uses another class of ours, or a library.
 */
@NullMarked
package parity.harness.launch;

import org.jspecify.annotations.NullMarked;
