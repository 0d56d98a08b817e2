"""What made a capture, for the metadata of each of its files."""

import hashlib
import importlib.metadata
import platform
from pathlib import Path

import torch

from parity_capture import __version__
from parity_capture.environment import Upstream
from parity_capture.request import Mode, Request

MODEL_FILES = ("llm.pt", "flow.pt", "hift.pt", "campplus.onnx", "speech_tokenizer_v3.onnx")
PACKAGES = ("torch", "transformers", "onnxruntime")


def of_run(upstream: Upstream, threads: int) -> dict[str, str]:
    """Code and machine."""
    return {
        "capture_version": __version__,
        "upstream_commit": upstream.commit,
        "upstream_modified": " ".join(upstream.modified),
        "python": platform.python_version(),
        "cpu_capability": torch.backends.cpu.get_cpu_capability(),
        "threads": str(threads),
        **{package: importlib.metadata.version(package) for package in PACKAGES},
        "torch": torch.__version__,
    }


def of_request(request: Request, text_frontend: str) -> dict[str, str]:
    """What was asked for."""
    said = {
        "mode": request.mode.value,
        "streaming": str(request.streaming).lower(),
        "taps": request.level.value,
        "truth": "all" if request.truth else "none",
    }
    if request.mode.speaks_text:
        said |= {"seed": str(request.seed), "tts_text": request.tts_text, "text_frontend": text_frontend}
    if request.mode is Mode.ZERO_SHOT:
        said["prompt_text"] = request.prompt_text
    if request.mode is Mode.INSTRUCT2:
        said["instruct_text"] = request.instruct_text
    if request.fault:
        said["fault"] = request.fault
    return said


def of_model(folder: Path) -> dict[str, str]:
    """The files that hold weights."""
    return {f"sha256 {name}": sha256(folder / name) for name in MODEL_FILES}


def of_recordings(request: Request) -> dict[str, str]:
    """File names and hashes of the recordings."""
    said = {"prompt_wav": request.prompt_wav.name, "prompt_wav_sha256": sha256(request.prompt_wav)}
    if request.source_wav is not None:
        said |= {"source_wav": request.source_wav.name, "source_wav_sha256": sha256(request.source_wav)}
    return said


def sha256(path: Path) -> str:
    """Of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
