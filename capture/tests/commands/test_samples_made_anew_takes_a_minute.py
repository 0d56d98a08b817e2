"""samples/ is what tools/make_samples.sh makes.

Bit by bit where the machine rounds as the one that made the sample; elsewhere the same tensors, and floats within a few
of the noise floors that the capture itself holds.
"""

import shutil
from pathlib import Path
from typing import Any

import pytest

from support import ROOT, files, needs_upstream, opened, run

np = pytest.importorskip("numpy", reason="needs numpy: run tools/setup_python.sh")
pytest.importorskip("safetensors", reason="needs safetensors: run tools/setup_python.sh")

pytestmark = needs_upstream
SAMPLES = ROOT / "samples"
MACHINE = {"cpu_capability", "torch", "transformers", "onnxruntime", "python", "text_frontend"}
ROUNDING, FLOORS, RELATIVE = 2.0**-24, 8, 1e-4


@pytest.fixture(scope="module")
def anew(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("samples")
    shutil.copyfile(SAMPLES / "prompt.wav", out / "prompt.wav")
    done = run("make-samples", "--out", out)
    assert done.returncode == 0, done.stderr
    return out


def rms(x: Any) -> float:
    return float(np.sqrt(np.mean(np.square(x, dtype=np.float64)))) if x.size else 0.0


def floors(file: Path) -> dict[str, float]:
    """The reference's own rounding by tensor, as rms; nothing where the capture does not say."""
    name = file.name.replace("taps_", "truth_").replace(".safetensors", "_cumulative.safetensors")
    beside = file.with_name("truth_outputs.safetensors" if file.name.startswith("debug") else name)
    return {name: rms(t) for name, t in opened(beside)[1].items()} if beside.is_file() and beside != file else {}


def inherited(file: Path) -> float:
    """HiFT's floors start from the captured mel: how much, relatively, the mel itself is off comes on top."""
    if "hift" not in file.name and not file.name.startswith("debug"):
        return 0.0
    _, debug = opened(file.with_name("debug_artifacts.safetensors"))
    return floors(file.with_name("debug_artifacts.safetensors"))["python_flow_output"] / rms(
        debug["python_flow_output"]
    )


def limit(before: Any, made: Any, floor: float | None, least: float, noise: bool) -> float:
    if noise:  # a truth is rounding error itself: of the same size, but its bits are the machine's
        return FLOORS * max(rms(before), rms(made))
    return RELATIVE * rms(before) if floor is None else FLOORS * max(floor, least * rms(before))


def test_model_is_the_same_bytes_on_every_machine(anew: Path) -> None:
    made, committed = files(anew / "model"), files(SAMPLES / "model")
    assert made.keys() == committed.keys()
    assert [name for name in made if made[name] != committed[name]] == []


def test_capture_holds_the_same_tensors_and_metadata(anew: Path) -> None:
    assert files(anew / "capture").keys() == files(SAMPLES / "capture").keys()
    for file in sorted((anew / "capture").glob("*.safetensors")):
        said, made = opened(file)
        said_before, committed = opened(SAMPLES / "capture" / file.name)
        assert {k: v for k, v in said.items() if k not in MACHINE} == {
            k: v for k, v in said_before.items() if k not in MACHINE
        }
        assert {n: (t.dtype, t.shape) for n, t in made.items()} == {n: (t.dtype, t.shape) for n, t in committed.items()}
        whole = [n for n, t in committed.items() if t.dtype.kind != "f"]
        assert [n for n in whole if not np.array_equal(made[n], committed[n])] == []


def test_capture_is_the_same_bytes_where_the_machine_rounds_alike(anew: Path) -> None:
    made, committed = files(anew / "capture"), files(SAMPLES / "capture")
    said, said_before = (opened(f / "capture/debug_artifacts.safetensors")[0] for f in (anew, SAMPLES))
    other = sorted(k for k in MACHINE if said.get(k) != said_before.get(k))
    if other:
        pytest.skip(f"another {', '.join(other)} than the sample was made with: bits may differ")
    assert [name for name in made if made[name] != committed[name]] == []


def test_capture_is_within_the_noise_of_the_committed_one(anew: Path) -> None:
    off = []
    for file in sorted((SAMPLES / "capture").glob("*.safetensors")):
        noise = file.name.startswith("truth_")
        (_, committed), (_, made) = opened(file), opened(anew / "capture" / file.name)
        floor, least = floors(file), max(ROUNDING, inherited(file))
        for name in (n for n, t in committed.items() if t.dtype.kind == "f"):
            difference = rms(made[name].astype(np.float64) - committed[name])
            allowed = limit(committed[name], made[name], floor.get(name), least, noise)
            if not difference <= allowed:
                off.append(f"{file.name} {name}: {difference} off, {allowed} allowed")
    assert off == []
