/**
 * {@code cosyvoice3.yaml} as data: every dimension of the model, read, checked and never assumed.
 *
 * <p>Nothing here opens a checkpoint or computes anything.
 */
@NullMarked
package parity.cosyvoice.config;

import org.jspecify.annotations.NullMarked;
