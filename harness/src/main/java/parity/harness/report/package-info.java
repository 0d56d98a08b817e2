/**
 * What a run says: logs for people, {@code report.json} for machines.
 *
 * <p>Nothing here decides a verdict.
 */
@NullMarked
package parity.harness.report;

import org.jspecify.annotations.NullMarked;
