"""For tests that run upstream: a tiny model, a recording, and captures made in processes of their own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
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
        env={**os.environ, "PYTHONPATH": str(ROOT / "capture" / "src")},
        capture_output=True,
        text=True,
        check=False,
    )


def capture(model: Path, out: Path, *arguments: str | Path) -> Path:
    """A capture that must succeed, of the sample's recording."""
    done = run("capture", "--model-dir", model, "--prompt-wav", WAV, "--threads", "2", "--out", out, *arguments)
    assert done.returncode == 0, done.stderr
    return out


def files(folder: Path) -> dict[str, bytes]:
    """Name and bytes of every file."""
    return {p.name: p.read_bytes() for p in folder.iterdir()}
