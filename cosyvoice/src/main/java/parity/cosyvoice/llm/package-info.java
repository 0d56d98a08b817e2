/**
 * The language model of CosyVoice3: Qwen2 between the embeddings of text and speech tokens and a
 * projection to speech tokens, run on tokens that are given to it or that it draws.
 *
 * <p>Nothing here makes text into ids or tokens into sound.
 */
@NullMarked
package parity.cosyvoice.llm;

import org.jspecify.annotations.NullMarked;
