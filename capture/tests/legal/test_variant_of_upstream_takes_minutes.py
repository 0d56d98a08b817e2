"""Variants of captures of a tiny model, run by upstream."""

import json
from pathlib import Path

import pytest

from support import WAV, capture, files, made, needs_upstream, run

np = pytest.importorskip("numpy", reason="needs numpy: make an environment with tools/setup_python.sh")
safetensors = pytest.importorskip("safetensors", reason="needs safetensors: tools/setup_python.sh")

pytestmark = needs_upstream


@pytest.fixture(scope="module")
def streaming(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return capture(model, tmp_path_factory.mktemp("captures") / "zero-shot", "--streaming")


def variant(streaming: Path, model: Path, name: str, out: Path) -> Path:
    done = run("variant", "--capture", streaming, "--model-dir", model, "--variant", name, "--out", out)
    assert done.returncode == 0, done.stderr
    return out


def opened(folder: Path, name: str) -> "safetensors.safe_open":  # type: ignore[name-defined]
    return safetensors.safe_open(folder / f"{name}.safetensors", "np")


def test_variant_of_a_streaming_run_has_the_names_of_the_capture(model: Path, streaming: Path, tmp_path: Path) -> None:
    out = variant(streaming, model, "flip", tmp_path / "flip")
    for part in ("llm", "flow", "hift"):
        with opened(streaming, f"taps_{part}") as wanted, opened(out, f"taps_{part}") as found:
            assert set(found.keys()) == set(wanted.keys())
            assert json.loads(found.metadata()["order"]) == json.loads(wanted.metadata()["order"])
            assert found.metadata()["variant"] == "flip"
            for name in wanted.keys():  # noqa: SIM118
                assert found.get_slice(name).get_shape() == wanted.get_slice(name).get_shape()
    outputs, whole = opened(out, "outputs"), opened(streaming, "debug_artifacts")
    truths = [*opened(streaming, "truth_outputs").keys(), *opened(streaming, "truth_chunks").keys()]
    assert set(outputs.keys()) == {*(name for name in truths if ".end_to_end" not in name), "llm_logp"}
    for name, limit in {"python_flow_output": 1e-5, "python_audio_output": 1e-2, "llm_logp": 1e-5}.items():
        found, wanted = outputs.get_tensor(name), whole.get_tensor(name)
        assert 0 < np.linalg.norm(found - wanted) < limit * np.linalg.norm(wanted)


def test_variant_twice_gives_identical_bytes(model: Path, streaming: Path, tmp_path: Path) -> None:
    first, second = (variant(streaming, model, "t1", tmp_path / out) for out in ("first", "second"))
    assert files(first) == files(second)


def test_variant_of_the_environment_runs_in_it(model: Path, streaming: Path, tmp_path: Path) -> None:
    out = variant(streaming, model, "avx2", tmp_path / "avx2")
    assert opened(out, "outputs").metadata()["cpu_capability"] == "AVX2"


def test_variant_of_another_model_is_refused(streaming: Path, tmp_path: Path) -> None:
    other = made(tmp_path / "other", "6")
    done = run("variant", "--capture", streaming, "--model-dir", other, "--variant", "t1", "--out", tmp_path / "out")
    assert (done.returncode, (tmp_path / "out").exists()) == (3, False)
    assert done.stderr.count("\n") == 1
    assert "give the capture's own model" in done.stderr


def test_variant_unknown_is_refused(tmp_path: Path) -> None:
    done = run("variant", "--capture", WAV.parent, "--variant", "upside-down", "--out", tmp_path)
    assert done.returncode == 3
    assert "upside-down" in done.stderr
