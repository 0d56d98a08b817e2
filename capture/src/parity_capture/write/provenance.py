"""What made a capture, for the metadata of each of its files: packages and machine, and hashes of what was read."""

import hashlib
import importlib.metadata
import platform
from pathlib import Path

import soundfile
import torch

from parity_capture import __version__

MODEL_FILES = ("llm.pt", "flow.pt", "hift.pt", "campplus.onnx", "speech_tokenizer_v3.onnx")
OTHER_LANGUAGE_MODEL = "llm.rl.pt"  # which a release has beside llm.pt; who wants it puts it in its place
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
    """The files that hold weights, and which of a release's language models is one of them."""
    hashes = {f"sha256 {name}": sha256(folder / name) for name in MODEL_FILES}
    other = folder / OTHER_LANGUAGE_MODEL
    is_other = other.is_file() and _is(other, folder / "llm.pt", hashes["sha256 llm.pt"])
    return {**hashes, "language_model": OTHER_LANGUAGE_MODEL if is_other else "llm.pt"}


def _is(file: Path, other: Path, digest: str) -> bool:
    """Whether `file` is the same as `other`, of which the sha256 is `digest`."""
    return file.samefile(other) or (file.stat().st_size == other.stat().st_size and sha256(file) == digest)


def of_recordings(prompt: Path, source: Path | None) -> dict[str, str]:
    """File names, hashes and forms of the recordings."""
    said = _of_recording("prompt_wav", prompt)
    return said if source is None else said | _of_recording("source_wav", source)


def _of_recording(name: str, path: Path) -> dict[str, str]:
    info = soundfile.info(path)
    return {
        name: path.name,
        f"{name}_sha256": sha256(path),
        f"{name}_rate": str(info.samplerate),
        f"{name}_channels": str(info.channels),
        f"{name}_frames": str(info.frames),
    }


def sha256(path: Path) -> str:
    """Of a file's bytes."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()
