from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs torch: run tools/setup_python.sh")
from torch import nn  # noqa: E402
from torch.nn.utils.parametrizations import weight_norm  # noqa: E402

from parity_capture.model_maker.noise import Noise  # noqa: E402
from parity_capture.model_maker.weights import fill, overlapping_rows  # noqa: E402


class Part(nn.Module):
    """One of each kind of parameter that upstream has."""

    def __init__(self) -> None:
        super().__init__()
        self.linear = nn.Linear(400, 300)
        self.norm = nn.LayerNorm(500)
        self.conv = weight_norm(nn.Conv1d(60, 50, 7))
        self.alpha = nn.Parameter(torch.ones(900))
        self.rotary_embed = nn.Module()
        self.rotary_embed.register_buffer("inv_freq", torch.zeros(4))


def filled(seed: int = 7) -> Any:
    steps: list[None] = []
    part = Part()
    fill(part, "part.", Noise(seed), lambda: steps.append(None))
    assert len(steps) == len(list(part.parameters()))
    return part


def test_fill_leaves_no_layer_trivial() -> None:
    part = filled()
    assert part.linear.weight.std().item() == pytest.approx(1 / 20, rel=0.02)
    assert part.linear.bias.std().item() == pytest.approx(0.05, rel=0.2)
    assert part.norm.weight.mean().item() == pytest.approx(1, abs=0.02)
    assert part.norm.weight.std().item() == pytest.approx(0.1, rel=0.2)
    assert 0.5 <= part.alpha.min().item() < part.alpha.max().item() <= 1.5


def test_fill_again_gives_the_same_bits_and_another_seed_others() -> None:
    first, again, other = filled().state_dict(), filled().state_dict(), filled(8).state_dict()
    assert all(torch.equal(first[name], again[name]) for name in first)
    assert not torch.equal(first["linear.weight"], other["linear.weight"])


def test_weight_norm_is_near_the_norm_but_never_it() -> None:
    state = filled().state_dict()
    scale = state["conv.parametrizations.weight.original0"].flatten()
    norm = state["conv.parametrizations.weight.original1"].double().flatten(1).norm(dim=1)
    ratio = scale / norm
    assert ((ratio - 1).abs() <= 0.1).all()
    assert (ratio - 1).abs().min() > 0


def test_rotary_frequencies_are_those_of_x_transformers() -> None:
    assert np.allclose(filled().rotary_embed.inv_freq, [1, 0.1, 0.01, 0.001], rtol=1e-7)


def test_overlapping_rows_differ_and_share_their_storage() -> None:
    table = overlapping_rows(Noise(1), "table", 1000, 8)
    assert table.shape == (1000, 8)
    assert table.untyped_storage().nbytes() == 4 * 1008
    assert len({tuple(row) for row in table.tolist()}) == 1000
