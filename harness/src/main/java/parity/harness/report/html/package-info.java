/**
 * {@code report.html}: one page that holds all it needs. The templates are in {@code src/main/jte},
 * style and scripts among the resources.
 *
 * <p>Nothing here decides a verdict, reads a file of a capture or asks the network.
 */
@NullMarked
package parity.harness.report.html;

import org.jspecify.annotations.NullMarked;
