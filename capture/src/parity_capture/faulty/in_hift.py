"""Faults of HiFT."""

from collections.abc import Callable
from typing import Any

import torch
from scipy.signal import get_window
from torch import nn
from torch.nn import functional as F  # noqa: N812

from parity_capture.faulty.patch import every, overridden

VOICED_ABOVE = 5.0


def f0_elu(hift: Any) -> None:
    """hift-f0-elu."""
    for elu in every(hift.f0_predictor, nn.ELU):
        elu.alpha = 0.5


def voiced_threshold(hift: Any) -> None:
    """hift-voiced-threshold; the module goes on saying 10, as the capture's metadata do."""

    def _f02uv(self: Any, f0: torch.Tensor) -> torch.Tensor:
        return (f0 > VOICED_ABOVE).type(torch.float32)

    overridden(hift.m_source.l_sin_gen, _f02uv=_f02uv)


def phase(hift: Any) -> None:
    """hift-phase."""

    def _f02sine(self: Any, f0_values: torch.Tensor) -> torch.Tensor:
        rad = (f0_values / self.sampling_rate) % 1
        rad[:, 0, :] = rad[:, 0, :] + self.rand_ini
        down = F.interpolate(rad.transpose(1, 2), scale_factor=1 / self.upsample_scale, mode="linear")
        phase = torch.cumsum(down, dim=2) * 2 * torch.pi * self.upsample_scale
        up = F.interpolate(phase, scale_factor=float(self.upsample_scale), mode="linear")
        return torch.sin(up.transpose(1, 2))

    overridden(hift.m_source.l_sin_gen, _f02sine=_f02sine)


def noise(hift: Any) -> None:
    """hift-noise."""
    sines = hift.m_source.l_sin_gen
    sines.sine_waves = torch.randn(sines.sine_waves.shape, generator=torch.Generator().manual_seed(0))


def window(hift: Any) -> None:
    """hift-window."""
    symmetric = get_window("hann", hift.istft_params["n_fft"], fftbins=False)
    hift.stft_window = torch.from_numpy(symmetric).to(torch.float32)


def stft_edges(hift: Any) -> None:
    """hift-stft-edges."""

    def _stft(self: Any, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        n_fft, hop = self.istft_params["n_fft"], self.istft_params["hop_len"]
        padded = F.pad(x, (n_fft // 2, n_fft // 2))
        spec = torch.stft(padded, n_fft, hop, n_fft, window=self.stft_window, center=False, return_complex=True)
        return spec.real.contiguous(), spec.imag.contiguous()

    overridden(hift, _stft=_stft)


def conv_pre_side(hift: Any) -> None:
    """hift-conv-pre-side."""
    hift.conv_pre.causal_type = "left"


def leaky_slope(hift: Any) -> None:
    """hift-leaky-slope."""
    hift.lrelu_slope = 0.01


def upsample_linear(hift: Any) -> None:
    """hift-upsample-linear."""
    for up in hift.ups:
        up.upsample.mode = "linear"


def snake(hift: Any) -> None:
    """hift-snake."""
    from cosyvoice.transformer.activation import Snake

    def forward(self: Any, x: torch.Tensor) -> torch.Tensor:
        return x + torch.sin(x * self.alpha[None, :, None]) ** 2

    for activation in every(hift, Snake):
        overridden(activation, forward=forward)


def dilation(hift: Any) -> None:
    """hift-dilation."""
    for block in hift.resblocks:
        for conv in block.convs1:
            conv.dilation, conv.causal_padding = (1,), conv.kernel_size[0] - 1


def istft_sign(hift: Any) -> None:
    """hift-istft-sign."""
    original = type(hift)._istft

    def _istft(self: Any, magnitude: torch.Tensor, phase: torch.Tensor) -> Any:
        return original(self, magnitude, -phase)

    overridden(hift, _istft=_istft)


FAULTS: dict[str, Callable[[Any], None]] = {
    "hift-f0-elu": f0_elu,
    "hift-voiced-threshold": voiced_threshold,
    "hift-phase": phase,
    "hift-noise": noise,
    "hift-window": window,
    "hift-stft-edges": stft_edges,
    "hift-conv-pre-side": conv_pre_side,
    "hift-leaky-slope": leaky_slope,
    "hift-upsample-linear": upsample_linear,
    "hift-snake": snake,
    "hift-dilation": dilation,
    "hift-istft-sign": istft_sign,
}
