"""How faults get in, and that each that is told of is made."""

import copy
from typing import Any

import pytest

torch = pytest.importorskip("torch", reason="needs torch: make an environment with tools/setup_python.sh")
pytest.importorskip("scipy", reason="needs scipy: make an environment with tools/setup_python.sh")
from torch import nn  # noqa: E402

from parity_capture.faulty import in_flow, in_frontend, in_hift, in_llm  # noqa: E402
from parity_capture.faulty.faults import FAULTS  # noqa: E402
from parity_capture.faulty.patch import every, overridden  # noqa: E402
from parity_capture.faulty.put_in import put_in  # noqa: E402


def twice(self: Any, input: Any) -> Any:  # noqa: A002 - as torch names it
    upstream: Any = type(self).__mro__[1]
    return 2 * upstream.forward(self, input)


def test_every_fault_that_is_told_of_is_made_in_its_part() -> None:
    for part in (in_llm, in_flow, in_hift, in_frontend):
        name = part.__name__.rsplit("in_", 1)[1]
        assert list(part.FAULTS) == [kind for kind in FAULTS if kind.startswith(f"{name}-")]


def test_put_in_unknown_kind_is_refused() -> None:
    class Model:
        llm = flow = hift = None

    class Tts:
        model, frontend = Model(), None

    with pytest.raises(ValueError, match="typo: told of, but not made"):
        put_in("typo", Tts())


def test_overridden_object_and_its_copy_in_float64_are_faulty_and_no_other_is() -> None:
    faulty, healthy, x = nn.Linear(3, 2), nn.Linear(3, 2), torch.ones(3)
    before = faulty(x)
    overridden(faulty, forward=twice)
    assert faulty(x).equal(2 * before)
    wide = copy.deepcopy(faulty).double()
    assert torch.allclose(wide(x.double()), 2 * before.double())
    assert type(faulty).__name__ == "Linear"
    assert type(healthy) is nn.Linear


def test_overridden_with_weight_norm_is_copied_too() -> None:
    module, x = nn.utils.parametrizations.weight_norm(nn.Linear(3, 2)), torch.ones(3)
    before = module(x)
    overridden(module, forward=twice)
    assert torch.allclose(copy.deepcopy(module)(x), 2 * before)


def test_method_that_upstream_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="Linear has no fly: this fault is of another upstream"):
        overridden(nn.Linear(1, 1), fly=twice)


def test_every_without_such_a_module_is_refused() -> None:
    with pytest.raises(ValueError, match="no Tanh in Linear: this fault is of another upstream"):
        list(every(nn.Linear(1, 1), nn.Tanh))
