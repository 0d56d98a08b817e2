/**
 * Verbs for those who work on the harness: how fast it is, where its limits come from, and whether
 * it sees faults.
 *
 * <p>Must not live here: verbs that compare a port, and anything that computes.
 */
@NullMarked
package parity.harness.cli.development;

import org.jspecify.annotations.NullMarked;
