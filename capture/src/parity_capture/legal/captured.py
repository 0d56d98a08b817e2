"""What a capture says upstream was given, read back."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import safe_open

from parity_capture.errors import CaptureError
from parity_capture.upstream.chunk import Chunk
from parity_capture.upstream.environment import Upstream
from parity_capture.upstream.utterance import Utterance, length
from parity_capture.write.provenance import sha256

FULL = "debug_artifacts"
WEIGHTS = ("llm.pt", "flow.pt", "hift.pt")


@dataclass(frozen=True)
class Captured:
    """A capture that is open for reading."""

    folder: Path
    metadata: dict[str, str]

    @classmethod
    def open(cls, folder: Path) -> "Captured":
        """Read what made the capture in `folder`."""
        file = folder / f"{FULL}.safetensors"
        if not file.is_file():
            raise CaptureError(f"--capture {folder}: no {file.name} in it; give the folder of a whole capture")
        with safe_open(file, "pt") as opened:
            metadata = dict(opened.metadata() or {})
        if "capture_version" not in metadata:
            raise CaptureError(f"{file}: does not say what made it; capture again with parity capture")
        return cls(folder, metadata)

    def require(self, model_dir: Path, upstream: Upstream) -> None:
        """Refuse a model or an upstream that the capture was not made with."""
        for name in WEIGHTS:
            found, wanted = sha256(model_dir / name), self.metadata[f"sha256 {name}"]
            if found != wanted:
                raise CaptureError(
                    f"{model_dir / name}: sha256 {found[:12]}, and the capture {self.folder} was made with "
                    f"{wanted[:12]}; give the capture's own model"
                )
        commit = self.metadata["upstream_commit"]
        if upstream.commit != commit:
            raise CaptureError(
                f"{upstream.path}: commit {upstream.commit[:7]}, and the capture {self.folder} was made with "
                f"{commit[:7]}; check that one out, or capture again"
            )

    def holds(self, file: str) -> bool:
        """Whether the capture has this file."""
        return self._path(file).is_file()

    def get(self, file: str, name: str) -> torch.Tensor:
        """One tensor."""
        with safe_open(self._path(file), "pt") as opened:
            tensor: torch.Tensor = opened.get_tensor(name)
            return tensor

    def names(self, file: str) -> set[str]:
        """Of all tensors in a file; none where there is no such file."""
        if not self.holds(file):
            return set()
        with safe_open(self._path(file), "pt") as opened:
            return set(opened.keys())

    def utterance(self) -> Utterance:
        """What model.tts() was given, and so llm.inference."""
        inputs = {
            "flow_prompt_speech_token": "prompt_token",
            "prompt_speech_feat": "prompt_feat",
            "flow_embedding": "embedding",
            "text": "text",
            "prompt_text": "prompt_text",
            "llm_prompt_speech_token": "llm_prompt_speech_token",
            "llm_embedding": "llm_embedding",
        }
        there = self.names(FULL)
        return Utterance({name: self.get(FULL, of) for name, of in inputs.items() if of in there})

    def drawn(self) -> list[int] | None:
        """What the language model chose at each step; None in voice conversion, which asks none."""
        return self.get("sampling", "token").tolist() if self.holds("sampling") else None

    def chunks(self) -> list[Chunk]:
        """Each call of Flow and HiFT: what it was given, and Python's source. An unstreamed utterance is one."""
        if self.metadata["streaming"] != "true":
            whole = Chunk(token_offset=0, token_hop_len=0, streaming=False, finalize=True)
            whole.flow = self._flow(self.get(FULL, "token"), whole)
            whole.speech_feat, whole.source = (self.get(FULL, f"python_{n}") for n in ("flow_output", "hift_source"))
            return [whole]
        tables = ("token_offset", "token_hop_len", "streaming", "finalize", "speech_offset")
        chunks = [Chunk(*row) for row in zip(*(self.get("chunks", t).tolist() for t in tables), strict=True)]
        for i, chunk in enumerate(chunks):
            chunk.flow = self._flow(self.get("chunks", f"token#{i}"), chunk)
            chunk.speech_feat = self.get("chunks", f"speech_feat#{i}")
            chunk.source = self.get("chunks", f"python_hift_source#{i}")
        return chunks

    def _flow(self, token: torch.Tensor, chunk: Chunk) -> dict[str, torch.Tensor | bool]:
        """Arguments of flow.inference."""
        given = {"token": token, **{name: self.get(FULL, name) for name in ("prompt_token", "prompt_feat")}}
        lengths = {f"{name}_len": length(tensor) for name, tensor in given.items()}
        embedding = self.get(FULL, "embedding")
        return {**given, **lengths, "embedding": embedding, "streaming": chunk.streaming, "finalize": chunk.finalize}

    def _path(self, file: str) -> Path:
        return self.folder / f"{file}.safetensors"


class KeepCaptured:
    """Of each module, the calls that a capture kept."""

    def __init__(self, names: Iterable[str]) -> None:
        """`names` are those of the capture's taps: `path[.i][#k]`."""
        self._calls: set[tuple[str, int]] = set()
        for name in names:
            path, _, call = name.partition("#")
            # A number at the end is of the path, or of one of several outputs; no module is called by both names.
            for module in (path, re.sub(r"\.\d+$", "", path)):
                self._calls.add((module, int(call or 0)))

    def __call__(self, path: str, call: int) -> bool:
        """Whether this call is kept."""
        return (path, call) in self._calls
