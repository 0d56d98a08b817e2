"""Hooks, float64 replay and cumulative truth on modules small enough to check by hand."""

from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch", reason="needs torch: make an environment with tools/setup_python.sh")
pytest.importorskip("transformers", reason="needs transformers: make an environment with tools/setup_python.sh")
from torch import nn  # noqa: E402

from parity_capture.tap.double import StayDouble, double  # noqa: E402
from parity_capture.tap.progress import Progress  # noqa: E402
from parity_capture.tap.taps import Taps  # noqa: E402


class Norm(nn.Module):
    """Casts to float32 by name, as RMSNorm does."""

    def forward(self, x: Any) -> Any:
        wide = x.to(torch.float32)
        return (wide / wide.pow(2).mean(-1, keepdim=True).sqrt()).to(x.dtype)


class Pair(nn.Module):
    def forward(self, x: Any) -> tuple[Any, Any]:
        return x + 1, torch.arange(3)


class Model(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.first, self.norm, self.pair = nn.Linear(64, 64), Norm(), Pair()

    def forward(self, x: Any) -> Any:
        return self.norm(self.first(self.first(x))) + self.pair(x)[0]


def tapped(folder: Path, truth: bool = True, keep: Any = lambda path, call: True) -> tuple[Taps, Model, Any]:
    torch.manual_seed(1)
    model, x = Model(), torch.randn(5, 64)
    taps = Taps(model, "m", keep, folder, Progress("m", 0, False), truth)
    model(x)
    taps.detach()
    return taps, model, x


def test_names_of_repeated_modules_and_several_outputs_have_call_and_place(tmp_path: Path) -> None:
    taps, _, _ = tapped(tmp_path)
    assert list(taps.names().values()) == ["m.first#0", "m.first#1", "m.norm", "m.pair.0", "m"]
    taps.close()


def test_truth_plus_tap_is_the_module_in_float64_on_the_same_inputs(tmp_path: Path) -> None:
    taps, model, x = tapped(tmp_path)
    exact = double(model.first)(x.double())
    assert (
        taps.kept.get(("m.first", 0)).double() + taps.truth.get(("m.first", 0)).double() - exact
    ).abs().max() < 1e-13
    second = double(model.first)(taps.kept.get(("m.first", 0)).double())
    assert (taps.kept.get(("m.first", 1)).double() + taps.truth.get(("m.first", 1)) - second).abs().max() < 1e-13
    taps.close()


def test_truth_of_a_module_that_casts_to_float32_is_float64_all_the_same(tmp_path: Path) -> None:
    taps, _, _ = tapped(tmp_path)
    x = taps.kept.get(("m.first", 1)).double()
    exact = x / x.pow(2).mean(-1, keepdim=True).sqrt()
    assert (taps.kept.get(("m.norm", 0)).double() + taps.truth.get(("m.norm", 0)).double() - exact).abs().max() < 1e-13
    taps.close()


def test_cumulative_truth_is_the_whole_stage_in_float64(tmp_path: Path) -> None:
    taps, model, x = tapped(tmp_path)
    result = taps.run_wide(lambda wide, _: wide(x.double()))
    with StayDouble():
        exact = double(model)(x.double())
    assert result.equal(exact)
    assert (taps.kept.get(("m", 0)).double() + taps.cumulative.get(("m", 0)).double() - exact).abs().max() < 1e-13
    assert taps.cumulative.get(("m", 0)).dtype == torch.float32
    assert taps.cumulative.entries.keys() == taps.kept.entries.keys()
    taps.close()


def test_keep_says_no_then_neither_tap_nor_truth_is_kept(tmp_path: Path) -> None:
    taps, _, _ = tapped(tmp_path, keep=lambda path, call: call == 1)
    assert list(taps.names().values()) == ["m.first#1"]
    assert list(taps.truth.entries) == [("m.first", 1)]
    taps.close()


def test_module_without_float64_run_is_listed_with_the_reason(tmp_path: Path) -> None:
    class Fixed(nn.Module):
        def forward(self, x: Any) -> Any:
            if x.dtype != torch.float32:
                raise ValueError("only float32 here")
            return x

    module = Fixed()
    taps = Taps(module, "m", lambda path, call: True, tmp_path, Progress("m", 0, False), True)
    module(torch.ones(2))
    assert [(t.name, t.reason) for t in taps.untrue] == [("m", "its float64 run failed: only float32 here")]
    assert not taps.truth.entries
    taps.close()


def test_detach_then_the_model_runs_unseen(tmp_path: Path) -> None:
    taps, model, x = tapped(tmp_path)
    before = len(taps.kept.entries)
    model(x)
    assert len(taps.kept.entries) == before
    taps.close()
