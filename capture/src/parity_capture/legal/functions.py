"""Functions of torch computed in another, equally right order, and the mode that puts them in torch's place."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import torch
from torch.nn import functional as F  # noqa: N812
from torch.overrides import TorchFunctionMode

Function = Callable[..., Any]
PHASE_BLOCK = 8


class Replaced(TorchFunctionMode):
    """While on, torch calls these functions in place of its own."""

    def __init__(self, functions: Mapping[Function, Function]) -> None:
        """Take torch's function -> ours."""
        super().__init__()
        self._functions = functions

    def __torch_function__(
        self, func: Any, types: Any, args: Sequence[Any] = (), kwargs: Mapping[str, Any] | None = None
    ) -> Any:
        """Call ours for torch's."""
        return self._functions.get(func, func)(*args, **(kwargs or {}))


def linear_in_order(x: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor | None = None) -> torch.Tensor:
    """F.linear, products added one by one. x [..., in], weight [out, in] -> [..., out]."""
    columns = weight.T.contiguous()
    y = x[..., :1] * columns[0]
    for k in range(1, len(columns)):
        y += x[..., k : k + 1] * columns[k]
    return y if bias is None else y + bias


def linear_backwards(x: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor | None = None) -> torch.Tensor:
    """F.linear, each half of the inputs from its end, the later half first."""
    half = weight.shape[1] // 2
    y = x[..., half:].flip(-1) @ weight[:, half:].flip(-1).T + x[..., :half].flip(-1) @ weight[:, :half].flip(-1).T
    return y if bias is None else y + bias


def conv1d_by_tap(
    x: torch.Tensor,
    weight: torch.Tensor,
    bias: torch.Tensor | None = None,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
) -> torch.Tensor:
    """F.conv1d, one tap after the other, the last first. x [B, C, T], weight [O, C / groups, K]."""
    step, pad, wide = (v[0] if isinstance(v, tuple | list) else v for v in (stride, padding, dilation))
    x = F.pad(x, (pad, pad))
    batch, _, length = x.shape
    out, each, taps = weight.shape
    frames = (length - wide * (taps - 1) - 1) // step + 1
    y = torch.zeros(batch, out, frames, dtype=x.dtype)
    for k in reversed(range(taps)):
        seen = x[:, :, k * wide : k * wide + (frames - 1) * step + 1 : step].reshape(batch, groups, each, frames)
        y += torch.einsum("goc,bgcn->bgon", weight[:, :, k].reshape(groups, -1, each), seen).reshape(y.shape)
    return y if bias is None else y + bias[:, None]


def attention(
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    attn_mask: torch.Tensor | None = None,
    dropout_p: float = 0.0,
    is_causal: bool = False,
    scale: float | None = None,
) -> torch.Tensor:
    """F.scaled_dot_product_attention, all scores at once."""
    scores = (query * (query.shape[-1] ** -0.5 if scale is None else scale)) @ key.transpose(-1, -2)
    if is_causal:
        scores = scores.masked_fill(~torch.ones(scores.shape[-2:], dtype=torch.bool).tril(), -math.inf)
    if attn_mask is not None:
        masked = attn_mask.dtype == torch.bool
        scores = scores.masked_fill(~attn_mask, -math.inf) if masked else scores + attn_mask
    return scores.softmax(-1) @ value


def layer_norm(
    x: torch.Tensor,
    normalized_shape: Sequence[int],
    weight: torch.Tensor | None = None,
    bias: torch.Tensor | None = None,
    eps: float = 1e-5,
) -> torch.Tensor:
    """F.layer_norm over the last axis, in two passes."""
    centred = x - x.mean(-1, keepdim=True)
    y = centred / (centred * centred).mean(-1, keepdim=True).add(eps).sqrt()
    y = y if weight is None else y * weight
    return y if bias is None else y + bias


def stft(x: torch.Tensor, n_fft: int, hop_length: int, *, window: torch.Tensor, **as_usual: Any) -> torch.Tensor:
    """torch.stft as upstream calls it, as products with a matrix. x [B, T] -> complex [B, n_fft / 2 + 1, frames]."""
    padded = F.pad(x[:, None], (n_fft // 2, n_fft // 2), mode="reflect")[:, 0]
    frames = padded.unfold(-1, n_fft, hop_length) * window
    cos, sin = _waves(n_fft, x.dtype)
    return torch.complex(frames @ cos, -(frames @ sin)).transpose(1, 2)


def istft(spectrum: torch.Tensor, n_fft: int, hop: int, win: int, window: torch.Tensor) -> torch.Tensor:
    """torch.istft as upstream calls it, as products with a matrix. spectrum [B, n_fft / 2 + 1, frames] -> [B, T]."""
    cos, sin = _waves(n_fft, window.dtype)
    times = torch.full((n_fft // 2 + 1, 1), 2.0 / n_fft, dtype=window.dtype)
    times[[0, -1]] /= 2
    real, imag = spectrum.real.transpose(1, 2), spectrum.imag.transpose(1, 2)
    frames = (real @ (cos.T * times) - imag @ (sin.T * times)) * window
    weight = (window * window).expand(frames.shape)
    length = n_fft + hop * (frames.shape[1] - 1)

    def added(parts: torch.Tensor) -> torch.Tensor:
        return F.fold(parts.transpose(1, 2), (1, length), (1, n_fft), stride=(1, hop))[:, 0, 0]

    inside = slice(n_fft // 2, length - n_fft // 2)
    return added(frames)[:, inside] / added(weight)[:, inside]


def _waves(n_fft: int, dtype: torch.dtype) -> tuple[torch.Tensor, torch.Tensor]:
    """Cosine and sine [n_fft, n_fft / 2 + 1] of the Fourier transform."""
    turns = torch.outer(torch.arange(n_fft), torch.arange(n_fft // 2 + 1)) % n_fft
    angle = turns.double() * (2 * math.pi / n_fft)
    return angle.cos().to(dtype), angle.sin().to(dtype)


def cumsum_in_blocks(x: torch.Tensor, dim: int) -> torch.Tensor:
    """torch.cumsum of floats, as a parallel scan does it: inside blocks of 8, and likewise over the blocks' sums.

    torch adds in float64 and rounds each sum once; a scan rounds a sum as often as there are levels. The error of a
    running float32 sum grows with the length, so that is no legal variant (docs/experiments/calibration.md).
    """
    if not x.is_floating_point():
        return torch.cumsum(x, dim)
    x = x.movedim(dim, -1)
    length = x.shape[-1]
    blocks = F.pad(x, (0, -length % PHASE_BLOCK)).unflatten(-1, (-1, PHASE_BLOCK))
    sums = [blocks[..., 0]]
    for i in range(1, PHASE_BLOCK):
        sums.append(sums[-1] + blocks[..., i])
    inner = torch.stack(sums, -1)
    if inner.shape[-2] > 1:
        inner[..., 1:, :] += cumsum_in_blocks(inner[..., :-1, -1], -1)[..., None]
    return inner.flatten(-2)[..., :length].movedim(-1, dim)


def _last_bit(function: Function) -> Function:
    """An elementwise function of float32 computed in float64 and rounded once."""

    def rounded(x: torch.Tensor, *args: Any, **kwargs: Any) -> Any:
        if x.dtype != torch.float32:
            return function(x, *args, **kwargs)
        return function(x.double(), *args, **kwargs).float()

    return rounded


PLAIN: dict[Function, Function] = {
    torch.conv1d: conv1d_by_tap,
    F.scaled_dot_product_attention: attention,
    F.layer_norm: layer_norm,
    torch.stft: stft,
    torch.istft: istft,
}
ELEMENTWISE = [
    *(getattr(owner, name) for owner in (torch, torch.Tensor) for name in ("exp", "sin", "cos", "tanh", "sigmoid")),
    *(getattr(F, name) for name in ("silu", "gelu", "mish", "elu", "softplus")),
]
SETS: dict[str, dict[Function, Function]] = {
    "": {},
    "plain": {**PLAIN, F.linear: linear_in_order},
    "flip": {**PLAIN, F.linear: linear_backwards},
    "phase": {torch.cumsum: cumsum_in_blocks},
    "libm": {function: _last_bit(function) for function in ELEMENTWISE},
}
