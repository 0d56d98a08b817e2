"""Faults put into upstream: all before the fault is bit by bit as without it, and what has the fault is not.

Each capture takes about ten seconds; tools/try_faulty_references.sh tries all kinds.
"""

import json
from pathlib import Path

import pytest

from parity_capture.faulty.faults import FAULTS
from support import ROOT, WAV, needs_upstream, opened, run

np = pytest.importorskip("numpy", reason="needs numpy: make an environment with tools/setup_python.sh")
pytest.importorskip("safetensors", reason="needs safetensors: tools/setup_python.sh")

pytestmark = needs_upstream
ABOVE_ROUNDING = 1e-5


@pytest.fixture(scope="module")
def without(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A capture without a fault, made on this machine: its bits are this machine's."""
    return captured(tmp_path_factory.mktemp("healthy"))


def captured(out: Path, *fault: str) -> Path:
    verb = ("faulty", "--kind", *fault) if fault else ("capture",)
    model = ROOT / "samples" / "model"
    asked = ("--model-dir", model, "--prompt-wav", WAV, "--threads", "1", "--no-truth", "--out", out)
    done = run(*verb, *asked)
    assert done.returncode == 0, done.stderr
    return out


@pytest.mark.parametrize("kind", ["llm-mlp-gelu", "flow-rope-every-head", "hift-snake"])
def test_first_tap_that_differs_is_where_the_fault_is(kind: str, without: Path, tmp_path: Path) -> None:
    file = f"taps_{kind.split('-', maxsplit=1)[0]}.safetensors"
    (_, healthy), (metadata, faulty) = (opened(f / file) for f in (without, captured(tmp_path, kind)))
    assert metadata["fault"] == kind
    first = next(n for n in json.loads(metadata["order"]) if not np.array_equal(faulty[n], healthy[n]))
    assert FAULTS[kind].named_by(first)
    difference = faulty[first].astype(np.float64) - healthy[first]
    assert np.linalg.norm(difference) > ABOVE_ROUNDING * np.linalg.norm(healthy[first])


def test_fault_of_the_frontend_is_where_it_is_and_nowhere_before(without: Path, tmp_path: Path) -> None:
    file = "frontend_artifacts.safetensors"
    (_, healthy), (metadata, faulty) = (opened(f / file) for f in (without, captured(tmp_path, "frontend-mel-fmax")))
    assert metadata["fault"] == "frontend-mel-fmax"
    assert [n for n in healthy if not np.array_equal(faulty[n], healthy[n])] == ["speech_feat"]
