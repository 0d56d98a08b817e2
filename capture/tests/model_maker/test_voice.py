from pathlib import Path
from typing import Any

import pytest

np = pytest.importorskip("numpy", reason="needs numpy: run tools/setup_python.sh")
pytest.importorskip("torch", reason="needs torch: run tools/setup_python.sh")

from parity_capture.model_maker.sizes import SIZES  # noqa: E402
from parity_capture.model_maker.voice import _coarse, _near  # noqa: E402
from support import WAV, needs_upstream, opened, run  # noqa: E402


def test_what_is_measured_is_rounded_alike_where_it_is_measured_a_little_otherwise() -> None:
    random = np.random.default_rng(1)
    values = np.exp(random.normal(size=20_000) * 3)
    assert [_coarse(v) for v in values] == [_coarse(v * (1 + 1e-10)) for v in values]
    assert [_near(v, 0.7) for v in values] == [_near(v + 1e-10, 0.7 * (1 + 1e-10)) for v in values]


@pytest.mark.parametrize("value", [0.3, 1.0, 17.3, -5.5])
def test_rounding_stays_near(value: float) -> None:
    assert _coarse(value) == pytest.approx(value, rel=1 / 64)
    assert _near(value, 0.5) == pytest.approx(value, abs=1 / 60)


@needs_upstream
@pytest.mark.parametrize(("size", "seed"), [("tiny", "7"), ("small", "3")])
def test_made_model_takes_half_a_minute_to_speak_with_a_voice(size: str, seed: str, tmp_path: Path) -> None:
    model, out = tmp_path / "model", tmp_path / "capture"
    assert run("make-model", model, "--size", size, "--seed", seed).returncode == 0
    said = ("--tts-text", "The quick brown fox jumps over the lazy dog.", "--no-truth", "--seeds", "1-3")
    done = run("capture", "--model-dir", model, "--prompt-wav", WAV, "--out", out, *said)
    assert done.returncode == 0, done.stderr
    captures = list(out.iterdir())
    f0, sizes, sound = (np.concatenate(parts) for parts in zip(*map(figures, captures), strict=True))
    voiced = f0 > 10
    assert 0.3 < voiced.mean() < 0.95
    assert 100 < np.median(f0[voiced]) < 300
    assert f0.max() > 250
    assert np.mean((f0 > 10) & (f0 < 70)) < 0.1
    assert {1, 25} <= set(sizes)
    assert len(set(sizes)) > 10
    assert 0.02 < np.sqrt(np.mean(np.square(sound))) < 0.3
    assert 0 < np.mean(np.abs(sound) >= np.float32(0.99)) < 0.04
    assert SIZES[size].bytes_on_disk > sum(path.stat().st_size for path in model.rglob("*") if path.is_file())


def figures(capture: Path) -> tuple[Any, Any, Any]:
    """F0 of the frames, sizes of the nuclei, and samples of a capture."""
    _, hift = opened(capture / "taps_hift.safetensors")
    _, sampling = opened(capture / "sampling.safetensors")
    _, debug = opened(capture / "debug_artifacts.safetensors")
    return hift["hift.f0_predictor"][0], sampling["size"], debug["python_audio_output"][0]
