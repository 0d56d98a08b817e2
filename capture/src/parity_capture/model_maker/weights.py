"""Fills upstream's modules with noise under which no layer is trivial and the speech is neither silent nor clipped."""

import math
from collections.abc import Callable

import numpy as np
import torch
from numpy.typing import NDArray

from parity_capture.model_maker.noise import Noise

Array = NDArray[np.float32]


def fill(part: torch.nn.Module, prefix: str, noise: Noise, progress: Callable[[], None]) -> None:
    """Give every parameter of `part` its noise, by name behind `prefix`, and every buffer its exact value."""
    shapes = {name: tuple(p.shape) for name, p in part.named_parameters()}
    directions: dict[str, Array] = {}
    with torch.no_grad():
        for name, parameter in sorted(part.named_parameters()):
            if not name.endswith("original0"):
                value = _draw(noise, prefix + name, shapes[name])
                if name.endswith("original1"):
                    directions[name] = value
                _assign(parameter, value)
            progress()
        for name, direction in directions.items():
            scale = name.removesuffix("1") + "0"
            _assign(part.get_parameter(scale), _weight_norm_scale(noise, prefix + scale, direction))
        for name, buffer in part.named_buffers():
            if name.endswith("rotary_embed.inv_freq"):
                _assign(buffer, _inverse_frequencies(buffer.numel()))


def _draw(noise: Noise, name: str, shape: tuple[int, ...]) -> Array:
    """Weights of about unit gain, biases and norms off their neutral value."""
    if len(shape) > 1:
        return noise.normal(name, shape, deviation=1 / math.sqrt(math.prod(shape[1:])))
    if "norm" in name and name.endswith("weight"):
        return noise.normal(name, shape, mean=1.0, deviation=0.1)
    if name.endswith("alpha"):
        return noise.uniform(name, shape, 0.5, 1.5)
    return noise.normal(name, shape, deviation=0.05)


def _weight_norm_scale(noise: Noise, name: str, direction: Array) -> Array:
    """Weight norm's g [out, 1, ...]: the norm of v, up to a tenth off. Summed in float64, so in any order the same."""
    axes = tuple(range(1, direction.ndim))
    norm = np.sqrt(np.square(direction, dtype=np.float64).sum(axis=axes, keepdims=True))
    scale: Array = (norm * noise.uniform(name, norm.shape, 0.9, 1.1)).astype(np.float32)
    return scale


def _inverse_frequencies(count: int) -> Array:
    """x_transformers.RotaryEmbedding.inv_freq [count], in float64 and rounded once."""
    return np.array([10000.0 ** (-i / count) for i in range(count)], np.float32)


def _assign(target: torch.Tensor, value: Array) -> None:
    target.copy_(torch.from_numpy(value))


def temper_flow(flow: torch.nn.Module) -> None:
    """Keep the mel within what a vocoder meets."""
    with torch.no_grad():
        flow.get_parameter("decoder.estimator.proj_out.weight").mul_(0.5)


def overlapping_rows(noise: Noise, name: str, rows: int, width: int) -> torch.Tensor:
    """A [rows, width] table on rows + width numbers: no two rows are equal, and the file stays small."""
    values = torch.from_numpy(noise.normal(name, [rows + width], deviation=0.5))
    return torch.as_strided(values, (rows, width), (1, 1))
