package parity.harness.plan.inputs;

import parity.tensors.Tensor;

/**
 * One call of the flow: the only one of an utterance, or one a chunk of a streaming run, each with
 * all tokens so far (cli/model.py:331-388, 423-446).
 *
 * @param index which call
 * @param token int32 [1, n]
 * @param streaming whether with the mask of a streaming run
 * @param isFinal whether the utterance ends with it
 * @param offset how many tokens were spoken before
 */
public record FlowCall(int index, Tensor token, boolean streaming, boolean isFinal, int offset) {}
