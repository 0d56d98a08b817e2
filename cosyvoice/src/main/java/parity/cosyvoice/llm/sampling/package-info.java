/**
 * How a token is drawn from log-probabilities: nucleus, repetition-aware, multinomial.
 *
 * <p>Nothing here runs a model.
 */
@NullMarked
package parity.cosyvoice.llm.sampling;

import org.jspecify.annotations.NullMarked;
