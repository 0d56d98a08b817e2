import os
from pathlib import Path

import pytest

from parity_capture.model_maker.replacement import MARK
from parity_capture.model_maker.sizes import SIZES
from parity_capture.model_maker.yaml_text import yaml_text
from parity_capture.upstream.environment import MODEL_FILES
from support import files, needs_upstream, run

pytestmark = needs_upstream
# What chooses other kernels in torch, MKL, oneDNN and NumPy than the processor would have.
LESSER_PROCESSOR = {
    "ATEN_CPU_CAPABILITY": "default",
    "MKL_ENABLE_INSTRUCTIONS": "SSE4_2",
    "ONEDNN_MAX_CPU_ISA": "SSE41",
    "NPY_DISABLE_CPU_FEATURES": "AVX2 FMA3",
    "OMP_NUM_THREADS": "1",
}


def make(out: Path) -> dict[str, bytes]:
    done = run("make-model", out)
    assert done.returncode == 0, done.stderr
    return files(out)


def test_model_made_on_a_lesser_processor_is_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = make(tmp_path / "a")
    assert first.keys() >= set(MODEL_FILES)
    assert first["cosyvoice3.yaml"].decode().startswith(MARK)
    assert not any(str(tmp_path).encode() in data for data in first.values())
    for name, value in LESSER_PROCESSOR.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "b").mkdir()
    (tmp_path / "b/cosyvoice3.yaml").write_text(f"{MARK} an older model", encoding="utf8")
    second = make(tmp_path / "b")
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_full_config_is_upstreams_own_without_training() -> None:
    own = Path(os.environ["COSYVOICE_DIR"]) / "examples/libritts/cosyvoice3/conf/cosyvoice3.yaml"
    theirs = [line.split(" #")[0].rstrip() for line in own.read_text(encoding="utf8").splitlines()]
    ours = yaml_text(SIZES["full"], "").strip().splitlines()
    assert [line for line in ours if line not in theirs] == []
