"""Fits the vocoder to what Flow says: a voice of 80 to 400 Hz with pauses, sound that is clipped now and then.

A network with random weights has no such voice, whatever their scale. So a few of its weights are chosen: the F0
predictor listens to one slow thread of the mel, and its last layer makes steps and slopes of it. How large that thread
is depends on all that comes before, so Flow speaks once. It does so in float64, and what is measured is rounded to a
few binary digits: processors differ in the last bits of what they add up, and in float64 those are 10^10 times smaller
than that step. What torch computes in float32 gets into no weight.
"""

import math
from typing import Any

import numpy as np
import torch
from torch import nn

from parity_capture.model_maker.noise import Noise
from parity_capture.tap.double import StayDouble, double, to_double

# Tokens that are spoken for it.
TOKENS = 60
VOCABULARY, SPEAKER_DIM, MEL_BINS = 6561, 192, 80

# Hz: where a voice begins, how far it rises for each standard deviation of the thread, and what it trembles by.
LOWEST, SLOPE, TREMBLE = 85.0, 105.0, 2.5
# The thread is voiced above this many standard deviations from its mean; the step there is so many times steeper.
VOICED_ABOVE, STEEPNESS = -0.35, 20.0
# How large the thread is while ELU is to leave it as it is.
LINEAR = 0.15
# Which thread is as good as another; with this one the 12 frames of the sample rise and fall through the threshold.
THREAD = "voice.thread 115"
SMOOTHING = "condnet.0", "condnet.2", "condnet.4", "condnet.6"
LAST = "condnet.8"

SPECTRUM_BINS = 9  # istft_params.n_fft // 2 + 1: conv_post gives so many log magnitudes, then as many phases
# How far above the middle of the log magnitudes one in a thousand of them is; those of the highest bin go further.
RANGE, BEYOND = 3.6, 1.8
# Radians that one in a thousand phases goes beyond, before its sine.
TURN = 4.0
ONE_IN_A_THOUSAND = 0.999
# Part of the samples that is within the clamp.
UNCLIPPED = 0.995


def fit(flow: nn.Module, hift: nn.Module, noise: Noise) -> None:
    """Choose weights of `hift`; both are filled."""
    mel = _speak(flow, noise)
    with torch.no_grad():
        _listen(hift.get_submodule("f0_predictor"), mel, noise)
        _loudness(hift, mel)


def _speak(flow: nn.Module, noise: Noise) -> torch.Tensor:
    """A mel [1, 80, 2 TOKENS] of tokens that are drawn evenly, without a prompt."""
    token = torch.from_numpy(noise.uniform("voice.tokens", [1, TOKENS], 0, VOCABULARY).astype(np.int32))
    inputs = {
        "token": token,
        "token_len": torch.tensor([TOKENS], dtype=torch.int32),
        "prompt_token": torch.zeros(1, 0, dtype=torch.int32),
        "prompt_token_len": torch.tensor([0], dtype=torch.int32),
        "prompt_feat": torch.zeros(1, 0, MEL_BINS),
        "prompt_feat_len": torch.tensor([0], dtype=torch.int32),
        "embedding": torch.from_numpy(noise.normal("voice.speaker", [1, SPEAKER_DIM])),
    }
    wide: Any = double(flow)
    # flow_matching.py:200 draws with torch.randn, whose last bits are each processor's own.
    wide.decoder.rand_noise = torch.from_numpy(noise.normal("voice.rand_noise", [1, MEL_BINS, 2 * TOKENS]))
    with StayDouble(), torch.inference_mode():
        mel, _ = wide.inference(**to_double(inputs), streaming=False, finalize=True)
    return mel.clone()


def _listen(predictor: nn.Module, mel: torch.Tensor, noise: Noise) -> None:
    """hifigan/f0_predictor.py: four layers smooth, the fifth makes steps, the classifier adds them up."""
    for name in SMOOTHING:
        conv = predictor.get_submodule(name)
        out, into, kernel = conv.weight.shape
        gain = LINEAR / (1.15 / math.sqrt(kernel)) if name == SMOOTHING[0] else 1.1
        same = noise.normal(f"voice.{name}", [out, into, 1], deviation=gain / (kernel * math.sqrt(into)))
        _set(conv, torch.from_numpy(np.repeat(same, kernel, axis=2)))
        conv.bias *= LINEAR
    last, classifier = predictor.get_submodule(LAST), predictor.get_submodule("classifier")
    out, into, kernel = last.weight.shape
    thread = noise.normal(THREAD, [into, 1]).repeat(kernel, axis=1) / (kernel * math.sqrt(into))
    hidden = _smoothed(predictor, mel)
    heard = nn.functional.conv1d(hidden, torch.from_numpy(thread).double()[None])[0, 0]
    mean, deviation = float(heard.mean()), float(heard.std())
    steep = _coarse(STEEPNESS / deviation)
    _set(last, torch.from_numpy(thread).expand(2, -1, -1) * steep)
    last.bias[0] = -steep * _near(mean, deviation) - STEEPNESS * VOICED_ABOVE
    last.bias[1] = last.bias[0] - 1
    others = classifier.weight[:, 2:]
    tremble = nn.functional.elu(_convolved(last, hidden))[:, 2:]
    others *= _coarse(TREMBLE / float((others.double() @ tremble[0]).std()))
    classifier.weight[0, 0] = LOWEST + SLOPE / STEEPNESS
    classifier.weight[0, 1] = -LOWEST
    classifier.bias.fill_(SLOPE / STEEPNESS - _near(float((others.double() @ tremble[0]).mean()), 2 * TREMBLE))


def _smoothed(predictor: nn.Module, mel: torch.Tensor) -> torch.Tensor:
    """What the layers before the last make of a mel, in float64 as upstream has them."""
    x = mel
    for name in SMOOTHING:
        x = nn.functional.elu(_convolved(predictor.get_submodule(name), x))
    return x


def _convolved(conv: Any, x: torch.Tensor) -> torch.Tensor:
    """transformer/convolution.py CausalConv1d in float64, zeros around what is there."""
    padding = (0, conv.causal_padding) if conv.causal_type == "right" else (conv.causal_padding, 0)
    wide: Any = double(conv)
    return nn.functional.conv1d(nn.functional.pad(x, padding), wide.weight, wide.bias)


def _loudness(hift: Any, mel: torch.Tensor) -> None:
    """generator.py:703-710: the scale of the log magnitudes, then their middle, by which the sound is as loud."""
    conv = hift.get_submodule("conv_post")
    scale = conv.parametrizations.weight.original0
    plain = (_spectrum(hift, mel) - conv.bias.double()[:, None]).numpy()
    logarithms, phases = np.split(plain, [SPECTRUM_BINS])
    scale[:SPECTRUM_BINS] *= _coarse(RANGE / (_quantile(logarithms, ONE_IN_A_THOUSAND) - _quantile(logarithms, 0.5)))
    scale[SPECTRUM_BINS - 1] *= BEYOND
    scale[SPECTRUM_BINS:] *= _coarse(TURN / _quantile(np.abs(phases), ONE_IN_A_THOUSAND))
    x = _spectrum(hift, mel)
    spectrum = torch.polar(x[:SPECTRUM_BINS].exp(), x[SPECTRUM_BINS:].sin())
    sizes = hift.istft_params
    sound = torch.istft(spectrum, sizes["n_fft"], sizes["hop_len"], window=hift.stft_window.double())
    loudness = _quantile(sound.abs().numpy(), UNCLIPPED)
    conv.bias[:SPECTRUM_BINS] += _near(math.log(hift.audio_limit / loudness), 1)


def _quantile(values: np.ndarray[Any, Any], part: float) -> float:
    return float(np.sort(values.ravel())[int(values.size * part)])


def _spectrum(hift: nn.Module, mel: torch.Tensor) -> torch.Tensor:
    """What conv_post returns, in float64: log magnitudes and phases [2 SPECTRUM_BINS, frames]."""
    seen: list[torch.Tensor] = []
    wide: Any = double(hift)
    wide.get_submodule("conv_post").register_forward_hook(lambda _, __, output: seen.append(output[0].clone()))
    with StayDouble(), torch.inference_mode():
        wide.inference(speech_feat=mel, finalize=True)
    return seen[0]


def _set(conv: Any, weight: torch.Tensor) -> None:
    """Put a weight into the first channels of a convolution with weight norm; its norm is summed in float64."""
    norm, direction = conv.parametrizations.weight.original0, conv.parametrizations.weight.original1
    direction[: len(weight)] = weight
    norm[: len(weight)] = weight.double().flatten(1).norm(dim=1).view(-1, 1, 1)


def _coarse(value: float) -> float:
    """Of six binary digits."""
    fraction, exponent = math.frexp(value)
    return math.ldexp(round(fraction * 64), exponent - 6)


def _near(value: float, unit: float) -> float:
    """A sixteenth of a unit near `value`, as `unit` is of six digits."""
    step = _coarse(unit) / 16
    return round(value / step) * step
