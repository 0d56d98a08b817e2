"""What made a capture, for the metadata of each of its files: packages and machine, and hashes of what was read."""

import hashlib
import importlib.metadata
import platform
from pathlib import Path

import torch

from parity_capture import __version__

MODEL_FILES = ("llm.pt", "flow.pt", "hift.pt", "campplus.onnx", "speech_tokenizer_v3.onnx")
PACKAGES = ("torch", "transformers", "onnxruntime")
BLOCK = 1 << 20


def of_machine(threads: int) -> dict[str, str]:
    """Packages and processor."""
    return {
        "capture_version": __version__,
        "python": platform.python_version(),
        "cpu_capability": torch.backends.cpu.get_cpu_capability(),
        "threads": str(threads),
        **{package: importlib.metadata.version(package) for package in PACKAGES},
        "torch": torch.__version__,
    }


def of_model(folder: Path) -> dict[str, str]:
    """The files that hold weights."""
    return {f"sha256 {name}": sha256(folder / name) for name in MODEL_FILES}


def of_recordings(prompt: Path, source: Path | None) -> dict[str, str]:
    """File names and hashes of the recordings."""
    said = {"prompt_wav": prompt.name, "prompt_wav_sha256": sha256(prompt)}
    if source is not None:
        said |= {"source_wav": source.name, "source_wav_sha256": sha256(source)}
    return said


def sha256(path: Path) -> str:
    """Of a file's bytes."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()
