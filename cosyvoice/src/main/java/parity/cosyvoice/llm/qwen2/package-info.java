/**
 * Qwen2 as transformers has it: its configuration, and its modules as builders of an ONNX graph.
 *
 * <p>Nothing here knows of speech tokens, or runs a graph.
 */
@NullMarked
package parity.cosyvoice.llm.qwen2;

import org.jspecify.annotations.NullMarked;
