/**
 * What watches a running part of the model: takes what modules return, or puts another tensor in a
 * module's place.
 *
 * <p>Nothing here knows which modules there are, or compares what they return.
 */
@NullMarked
package parity.cosyvoice.tap;

import org.jspecify.annotations.NullMarked;
