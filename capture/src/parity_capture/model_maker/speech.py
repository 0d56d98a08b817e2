"""Makes a filled language model draw tokens as one that was trained does: sure now and then, with pauses and ends."""

import math

import numpy as np
import torch

from parity_capture.model_maker.noise import Noise

FIRST_STOP_TOKEN = 6561
# cli/model.py:422: what upstream's filter of silent tokens knows.
SILENT_TOKENS = (1, 2, 28, 29, 55, 248, 494, 2241, 2242, 2322, 2323)

# Standard deviation of the logits: nuclei have 1 to 25 tokens with it.
DEVIATION = 4.0
# Of each of the 198 stop tokens that upstream does not name.
OTHER_STOPS = 0.5
# What is added to the logits of silent tokens behind a silent token, where all else is as it would be.
SILENCE = 10.0
# How far a weight of the other language model is from it.
REINFORCED = 0.2
# Part of the hidden state that says whether the token before was silent.
HEARD = 0.6


def temper_llm(llm: torch.nn.Module, noise: Noise, layers: int, stops: tuple[float, float]) -> None:
    """Sharpen the logits, make ends about as rare as in speech, and let a silent token draw others after it.

    cosyvoice/llm/llm.py CosyVoice3LM masks 6561 below the least length and calls 6562 the end; each of 6561 to 6760
    stops it. `stops` says how much further the logits of these two go than others.
    """
    decoder, embedding = llm.get_parameter("llm_decoder.weight"), llm.get_parameter("speech_embedding.weight")
    width = decoder.shape[1]
    loud = math.sqrt(2 * layers * width)
    quiet = torch.from_numpy(_direction(noise, width))
    with torch.no_grad():
        decoder *= DEVIATION
        for row, gain in enumerate(stops):
            decoder[FIRST_STOP_TOKEN + row] *= gain
        decoder[FIRST_STOP_TOKEN + len(stops) :] *= OTHER_STOPS
        # Louder than all layers together, so that the next token depends on the last one.
        embedding *= loud
        for token in SILENT_TOKENS:
            decoder[token] += SILENCE / HEARD / math.sqrt(width) * quiet
            embedding[token] += loud * quiet


def reinforce(llm: torch.nn.Module, noise: Noise) -> None:
    """Make the other language model of a release of it, as one that was trained further."""
    decoder = llm.get_parameter("llm_decoder.weight")
    factor = 1 + REINFORCED * torch.from_numpy(noise.normal("llm.reinforced", list(decoder.shape)))
    with torch.no_grad():
        decoder *= factor


def _direction(noise: Noise, width: int) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """Signs of equal size, of length 1."""
    signs = np.sign(noise.normal("llm.silence", [width]))
    return (np.where(signs == 0, 1, signs) / math.sqrt(width)).astype(np.float32)
