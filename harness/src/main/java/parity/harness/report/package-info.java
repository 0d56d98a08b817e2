/**
 * What a run says: logs for people, {@code report.json} and {@code junit.xml} for machines.
 *
 * <p>Nothing here decides a verdict.
 */
@NullMarked
package parity.harness.report;

import org.jspecify.annotations.NullMarked;
