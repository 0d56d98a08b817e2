"""Torch's functions in other orders: the same function, other last bits."""

from collections.abc import Callable
from typing import Any

import pytest

torch = pytest.importorskip("torch", reason="needs torch: make an environment with tools/setup_python.sh")
from torch.nn import functional as F  # noqa: E402, N812

from parity_capture.legal.functions import SETS, Replaced  # noqa: E402
from parity_capture.legal.variants import VARIANTS  # noqa: E402


def normal(*shape: int) -> Any:
    generator = torch.Generator().manual_seed(sum(shape))
    return torch.randn(*shape, generator=generator)


def transform(x: Any) -> Any:
    return torch.stft(x, 16, 4, 16, window=torch.hann_window(16), return_complex=True)


def conv(stride: int, padding: int, dilation: int, groups: int) -> Any:
    return F.conv1d(normal(2, 8, 40), normal(6, 8 // groups, 5), normal(6), stride, padding, dilation, groups)


def attended(keys: int, **options: Any) -> Any:
    return F.scaled_dot_product_attention(normal(2, 4, 9, 8), normal(2, 4, keys, 8), -normal(2, 4, keys, 8), **options)


CALLS: dict[str, Callable[[], Any]] = {
    "linear": lambda: F.linear(normal(2, 9, 65), normal(7, 65), normal(7)),
    "linear without bias": lambda: F.linear(normal(9, 64), normal(7, 64)),
    "conv": lambda: conv(1, 0, 1, 1),
    "conv strided, padded": lambda: conv(3, 2, 1, 1),
    "conv dilated, grouped": lambda: conv(1, 4, 2, 2),
    "attention": lambda: attended(11),
    "attention, causal": lambda: attended(9, is_causal=True),
    "attention, masked": lambda: attended(9, attn_mask=normal(9, 9) < 1),
    "attention, weighed": lambda: attended(9, attn_mask=normal(9, 9)),
    "layer norm": lambda: F.layer_norm(3 + normal(5, 64), (64,), normal(64), normal(64)),
    "stft": lambda: torch.view_as_real(transform(normal(1, 480))),
    "istft": lambda: torch.istft(transform(normal(1, 480)), 16, 4, 16, window=torch.hann_window(16)),
    "cumsum": lambda: torch.cumsum(normal(1, 101, 9).abs(), dim=1),
    "exp": lambda: torch.exp(normal(999)) + normal(999).exp(),
    "sin": lambda: torch.sin(9 * normal(999)) + (9 * normal(999)).cos(),
    "silu": lambda: F.silu(normal(999)) + F.gelu(normal(999), approximate="tanh") + F.mish(normal(999)),
}
CHANGED = {
    "plain": {name for name in CALLS if name.split(",")[0].split(" ")[0] in "linear conv attention layer stft istft"},
    "phase": {"cumsum"},
    "libm": {"exp", "sin", "silu"},
}
CHANGED["flip"] = CHANGED["plain"]


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("functions", CHANGED)
def test_functions_give_the_same_up_to_rounding(functions: str, name: str) -> None:
    usual = CALLS[name]()
    with Replaced(SETS[functions]):
        found = CALLS[name]()
    assert found.dtype == usual.dtype
    assert found.shape == usual.shape
    assert torch.linalg.vector_norm(found - usual) <= 2e-6 * torch.linalg.vector_norm(usual)
    assert torch.equal(found, usual) == (name not in CHANGED[functions])


def test_cumsum_of_integers_is_left_alone() -> None:
    with Replaced(SETS["phase"]):
        assert torch.cumsum(torch.arange(20), 0).tolist() == [n * (n + 1) // 2 for n in range(20)]


def test_every_variant_names_functions_that_there_are() -> None:
    assert {variant.replaced for variant in VARIANTS.values()} == set(SETS)
