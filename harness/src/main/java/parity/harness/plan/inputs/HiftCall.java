package parity.harness.plan.inputs;

import java.util.Optional;
import parity.tensors.Tensor;

/**
 * One call of the vocoder: the only one of an utterance, or one a chunk of a streaming run, each
 * with all of the mel so far; what it yields is the end that is new (cli/model.py:423-450).
 *
 * @param index which call
 * @param mel {@code speech_feat} [1, 80, T]
 * @param source [1, 1, S], where it was captured
 * @param audio what upstream made of both, [1, S]
 * @param isFinal whether the utterance ends with it
 * @param offset how many samples were yielded before
 */
public record HiftCall(
    int index, Tensor mel, Optional<Tensor> source, Tensor audio, boolean isFinal, int offset) {}
