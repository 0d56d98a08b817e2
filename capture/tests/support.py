"""What the tests of several rooms use: places, requests, and captures made by upstream in processes of their own."""

import os
import subprocess
import sys
import wave
from pathlib import Path
from typing import Any

import pytest

from parity_capture.upstream.request import Mode, Request

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "capture" / "src"
WAV = ROOT / "samples" / "prompt.wav"
SYSTEM = "You are a helpful assistant.<|endofprompt|>"

needs_upstream = pytest.mark.skipif(
    not os.environ.get("COSYVOICE_DIR"),
    reason="needs upstream: set COSYVOICE_DIR, and run in tools/setup_python.sh's environment",
)


def run(*arguments: str | Path, before: str = "pass") -> subprocess.CompletedProcess[str]:
    """`python -m parity_capture ARGUMENTS`, after the Python statement `before`."""
    argv = [str(a) for a in arguments]
    code = f"{before}; import sys; sys.argv[1:] = {argv!r}; from parity_capture.cli import run; run()"
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(SOURCES)},
        capture_output=True,
        text=True,
        check=False,
    )


def made(out: Path, seed: str) -> Path:
    """A tiny model."""
    done = run("make-model", out, "--size", "tiny", "--seed", seed)
    assert done.returncode == 0, done.stderr
    return out


def capture(model: Path, out: Path, *arguments: str | Path) -> Path:
    """A capture that must succeed, of the sample's recording."""
    done = run("capture", "--model-dir", model, "--prompt-wav", WAV, "--threads", "2", "--out", out, *arguments)
    assert done.returncode == 0, done.stderr
    return out


def files(folder: Path) -> dict[str, bytes]:
    """Path in the folder and bytes of every file."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def opened(file: Path) -> tuple[dict[str, str], dict[str, Any]]:
    """Metadata and tensors."""
    from safetensors import safe_open

    with safe_open(file, "np") as tensors:
        return tensors.metadata(), {name: tensors.get_tensor(name) for name in tensors.keys()}  # noqa: SIM118


def recording(folder: Path, rate: int = 16_000, frames: int = 1600, name: str = "a.wav") -> Path:
    """A recording of silence."""
    with wave.open(str(folder / name), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(bytes(2 * frames))
    return folder / name


def asked(folder: Path, mode: Mode = Mode.ZERO_SHOT, **more: object) -> Request:
    """A request that nothing is wrong with."""
    values: dict[str, object] = {
        "model_dir": folder,
        "prompt_wav": recording(folder),
        "out": folder / "out",
        "mode": mode,
        "prompt_text": SYSTEM + "Hello.",
        "instruct_text": SYSTEM,
        "tts_text": SYSTEM + "Hello.",
    }
    return Request(**(values | more))  # type: ignore[arg-type]
