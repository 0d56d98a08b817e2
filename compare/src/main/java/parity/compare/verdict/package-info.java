/**
 * What is said about a tensor, a set of tensors and a run, and the rules that make the one out of
 * the other. Nothing here reads a tensor: figures come from {@code scan} and {@code noise}.
 */
@NullMarked
package parity.compare.verdict;

import org.jspecify.annotations.NullMarked;
