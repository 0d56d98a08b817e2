/**
 * What a limit is: what a tensor is judged by, the limits of each kind of module and element type,
 * and how a table of them is read. Nothing here looks at a tensor's numbers, or decides whether
 * they are within a limit.
 */
@NullMarked
package parity.compare.limits;

import org.jspecify.annotations.NullMarked;
