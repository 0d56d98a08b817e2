import os
import subprocess
import sys
from pathlib import Path

import pytest

from parity_capture.environment import MODEL_FILES
from parity_capture.model_maker.replacement import MARK
from parity_capture.model_maker.sizes import SIZES
from parity_capture.model_maker.yaml_text import yaml_text

SOURCES = Path(__file__).parents[1] / "src"
# What chooses other kernels in torch, MKL, oneDNN and NumPy than the processor would have.
LESSER_PROCESSOR = {
    "ATEN_CPU_CAPABILITY": "default",
    "MKL_ENABLE_INSTRUCTIONS": "SSE4_2",
    "ONEDNN_MAX_CPU_ISA": "SSE41",
    "NPY_DISABLE_CPU_FEATURES": "AVX2 FMA3",
    "OMP_NUM_THREADS": "1",
}


def make(out: Path, **environment: str) -> dict[str, bytes]:
    subprocess.run(
        [sys.executable, "-m", "parity_capture", "make-model", str(out)],
        check=True,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(SOURCES), **environment},
    )
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file()}


@pytest.mark.usefixtures("cosyvoice_dir")
def test_model_made_on_a_lesser_processor_is_the_same_bytes(tmp_path: Path) -> None:
    files = make(tmp_path / "a")
    assert files.keys() >= set(MODEL_FILES)
    assert files["cosyvoice3.yaml"].decode().startswith(MARK)
    assert not any(str(tmp_path).encode() in data for data in files.values())
    again = make(tmp_path / "b", OMP_NUM_THREADS="2")
    assert [name for name in files if files[name] != again[name]] == []
    (tmp_path / "b/cosyvoice3.yaml").write_text(f"{MARK} an older model", encoding="utf8")
    lesser = make(tmp_path / "b", **LESSER_PROCESSOR)
    assert [name for name in files if files[name] != lesser[name]] == []


def test_full_config_is_upstreams_own_without_training(cosyvoice_dir: Path) -> None:
    own = (cosyvoice_dir / "examples/libritts/cosyvoice3/conf/cosyvoice3.yaml").read_text(encoding="utf8")
    theirs = [line.split(" #")[0].rstrip() for line in own.splitlines()]
    ours = yaml_text(SIZES["full"], "").strip().splitlines()
    assert [line for line in ours if line not in theirs] == []
