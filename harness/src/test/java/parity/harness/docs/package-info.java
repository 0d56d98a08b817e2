/**
 * Tests of what the documentation says: links, commands, versions and the library's example.
 *
 * <p>Help texts are tested with the command line.
 */
@NullMarked
package parity.harness.docs;

import org.jspecify.annotations.NullMarked;
