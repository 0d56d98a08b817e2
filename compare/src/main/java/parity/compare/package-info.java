/**
 * The ways into a comparison: of one tensor, of many pairs, of what a stage expects; with what
 * would explain a difference, and a fault that must be seen. The work is done in the packages
 * below, and nothing here or there knows of any model, file of a capture, or report.
 */
@NullMarked
package parity.compare;

import org.jspecify.annotations.NullMarked;
