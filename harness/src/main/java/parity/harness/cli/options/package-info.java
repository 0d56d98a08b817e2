/**
 * Groups of options that verbs share: what they are called, what is left out, and what that means.
 *
 * <p>Nothing here runs anything; a group ends as a value that a verb hands on.
 */
@NullMarked
package parity.harness.cli.options;

import org.jspecify.annotations.NullMarked;
