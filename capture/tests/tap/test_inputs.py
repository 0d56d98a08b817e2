"""Which inputs are kept beside the taps, on modules small enough to check by hand."""

from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch", reason="needs torch: make an environment with tools/setup_python.sh")
pytest.importorskip("transformers", reason="needs transformers: make an environment with tools/setup_python.sh")
from torch import nn  # noqa: E402

from parity_capture.tap.inputs import Inputs  # noqa: E402
from parity_capture.tap.progress import Progress  # noqa: E402
from parity_capture.tap.taps import Taps  # noqa: E402


class Mix(nn.Module):
    """Takes positional and named tensors, and what is no input: a pair, an integer tensor, one without elements."""

    def forward(self, x: Any, by: Any, pair: Any = None, *, index: Any = None, **options: Any) -> Any:
        return x * by * options.get("scale", 1)


class Overwriting(nn.Module):
    def forward(self, input: Any) -> Any:  # noqa: A002 - as torch names it
        return input.mul_(2)


class Wrapped(nn.Module):
    """Returns no tensor, so it has no tap."""

    def __init__(self) -> None:
        super().__init__()
        self.mix = Mix()

    def forward(self, x: Any) -> dict[str, Any]:
        return {"y": self.mix(x, torch.full((2,), 0.5))}


class Model(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.stack = nn.Sequential(nn.Linear(2, 2), nn.Tanh())
        self.mix, self.over, self.wrapped = Mix(), Overwriting(), Wrapped()

    def forward(self, x: Any) -> Any:
        first = self.stack(x)
        second = self.stack(first.T)
        mixed = self.mix(
            second + 1,
            by=first,
            pair=(second + 2, second + 3),
            index=torch.arange(2),
            scale=torch.full((1,), 3.0),
            none=torch.zeros(0),
        )
        return self.over(mixed - 1) + self.wrapped(second + 4)["y"]


def tapped(folder: Path, keep: Any = lambda path, call: True) -> tuple[dict[str, Any], Any]:
    torch.manual_seed(1)
    model, x = Model(), torch.randn(2, 2)
    taps = Taps(model, "m", keep, folder, Progress("m", 0, False), False, inputs=True)
    model(x)
    taps.detach()
    assert taps.inputs is not None
    found = {name: taps.inputs.spool.get(content) for content, name in taps.inputs.names().items()}
    names = set(taps.names().values())
    taps.close()
    assert not list(folder.iterdir())
    return found, (x, names)


def test_inputs_are_what_no_tap_and_no_earlier_input_is(tmp_path: Path) -> None:
    found, (x, _) = tapped(tmp_path)
    # stack.0 was given what the model was, stack.1 what stack.0 returned, mix:by what stack returned first.
    assert list(found) == [
        "m:x",
        "m.stack:input#1",
        "m.mix:x",
        "m.mix:scale",
        "m.over:input",
        "m.wrapped.mix:x",
        "m.wrapped.mix:by",
    ]
    assert found["m:x"].equal(x)
    assert found["m.mix:scale"].tolist() == [3.0]


def test_input_has_the_number_that_the_modules_tap_has(tmp_path: Path) -> None:
    found, (_, names) = tapped(tmp_path)
    assert {"m.stack#0", "m.stack#1", "m.mix"} <= names
    assert {"m.stack:input#1", "m.mix:x"} <= set(found)


def test_input_that_the_module_overwrites_is_as_it_was(tmp_path: Path) -> None:
    module = Overwriting()
    taps = Taps(module, "m", lambda path, call: True, tmp_path, Progress("m", 0, False), False, inputs=True)
    module(torch.ones(3))
    assert taps.inputs is not None
    assert [taps.inputs.spool.get(key).tolist() for key in taps.inputs.names()] == [[1, 1, 1]]
    assert taps.kept.get(("m", 0)).tolist() == [2, 2, 2]
    taps.close()


def test_input_of_a_call_that_is_not_kept_is_none(tmp_path: Path) -> None:
    found, _ = tapped(tmp_path, keep=lambda path, call: path == "m.stack.0" and call == 1)
    assert list(found) == ["m.stack.0:input#1"]


def test_view_is_stored_as_it_reads(tmp_path: Path) -> None:
    inputs, x = Inputs("m", tmp_path), torch.arange(6.0).reshape(2, 3)
    inputs.entering("m", 0, [("x", x.T)])
    inputs.entering("m", 0, [("y", x.T.contiguous()), ("z", x)])
    inputs.returned("m", 0, [])
    assert list(inputs.names().values()) == ["m:x", "m:z"]
    assert [inputs.spool.get(key).tolist() for key in inputs.names()] == [x.T.tolist(), x.tolist()]
    inputs.close()


def test_same_bits_of_another_dtype_or_shape_are_another_input(tmp_path: Path) -> None:
    inputs = Inputs("m", tmp_path)
    zeros = torch.zeros(4)
    inputs.entering(
        "m", 0, [("a", zeros), ("b", zeros[None]), ("c", torch.zeros(2, dtype=torch.float64)), ("d", zeros)]
    )
    inputs.returned("m", 0, [])
    assert list(inputs.names().values()) == ["m:a", "m:b", "m:c"]
    inputs.close()
