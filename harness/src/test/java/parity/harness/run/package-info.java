/**
 * Tests of a run from outside, arguments in, exit code and files out, and of the parts of a run.
 *
 * <p>What a stage computes and how it is judged is tested in the packages of stage and judge.
 */
@NullMarked
package parity.harness.run;

import org.jspecify.annotations.NullMarked;
