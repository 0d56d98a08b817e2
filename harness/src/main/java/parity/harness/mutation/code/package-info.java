/**
 * Faults in our own code, outside the graphs: another constant, another branch, another operator in
 * one place of a class file, and whether a run says so.
 *
 * <p>Must not live here: faults in graphs and weights ({@code mutation}), and anything that judges.
 */
@NullMarked
package parity.harness.mutation.code;

import org.jspecify.annotations.NullMarked;
