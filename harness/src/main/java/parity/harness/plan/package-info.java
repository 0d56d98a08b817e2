/**
 * What a capture expects of each stage, as data: names, references, what they are judged by, and
 * what is controlled; of whole and of streamed captures alike.
 *
 * <p>Nothing here runs a model, or knows who answers.
 */
@NullMarked
package parity.harness.plan;

import org.jspecify.annotations.NullMarked;
