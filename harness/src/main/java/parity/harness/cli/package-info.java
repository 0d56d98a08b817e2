/**
 * One class a subcommand: options are parsed and handed on.
 *
 * <p>Nothing here computes, compares or writes a file.
 */
@NullMarked
package parity.harness.cli;

import org.jspecify.annotations.NullMarked;
