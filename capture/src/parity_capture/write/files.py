"""The files of one capture while they are made."""

import json
from collections.abc import Mapping
from pathlib import Path

import torch

from parity_capture.write.folder import CaptureFolder
from parity_capture.write.store import Spool, Spooled, write_safetensors

CHECKSUMS = "checksums.txt"
PARTS = ("llm", "flow", "hift")
FULL = (
    "debug_artifacts",
    "sampling",
    "chunks",
    "truth_chunks",
    "truth_outputs",
    *(name.format(part) for part in PARTS for name in ("taps_{}", "inputs_{}", "truth_{}", "truth_{}_cumulative")),
)


class CaptureFiles:
    """Tensors go to disk as they come; headers follow when all that the metadata says is known."""

    def __init__(self, folder: CaptureFolder, metadata: dict[str, str]) -> None:
        """`metadata` may be added to until the files are published."""
        self.metadata = metadata
        self._folder = folder
        self._made: dict[str, Spooled] = {}

    @property
    def scratch(self) -> Path:
        """Where spools may lie."""
        return self._folder.unfinished

    def path(self, name: str) -> Path:
        """Where to write another file of the capture."""
        return self._folder.file(name)

    def put(self, file: str, tensors: Mapping[str, torch.Tensor]) -> None:
        """Add a file with these tensors; without any there is no file."""
        if not tensors:
            return
        spool: Spool[str] = Spool(self.scratch / f"{file}.spool")
        for name, tensor in sorted(tensors.items()):
            spool.put(name, tensor)
        self._made[file] = Spooled(spool, {name: name for name in tensors}, order=False)

    def put_spooled(self, files: Mapping[str, Spooled]) -> None:
        """Add files whose tensors are on disk already; without any there is no file."""
        for file, spooled in files.items():
            if spooled.written():
                self._made[file] = spooled
            else:
                spooled.spool.close()

    def publish(self) -> list[str]:
        """Write all headers, move the files into place; returns their names."""
        lines = []
        for file, made in self._made.items():
            metadata = dict(self.metadata)
            if made.order:
                metadata["order"] = json.dumps(made.written())
            name = f"{file}.safetensors"
            digests = write_safetensors(self._folder.file(name), made.spool, made.names, metadata)
            made.spool.close()
            lines += [f"{digest} {name} {tensor}" for tensor, digest in digests.items()]
        outdated = [f"{n}.safetensors" for n in FULL if "debug_artifacts" in self._made]
        lines += self._kept_lines({line.split(" ")[1] for line in lines} | set(outdated))
        text = "".join(f"{line}\n" for line in sorted(lines, key=lambda line: line.split(" ", 1)[1]))
        self._folder.file(CHECKSUMS).write_text(text, encoding="utf-8")
        return self._folder.publish(outdated)

    def _kept_lines(self, replaced: set[str]) -> list[str]:
        """What an earlier checksums.txt says of files that stay (--skip-frontend, --skip-full)."""
        earlier = self._folder.path / CHECKSUMS
        if not earlier.is_file():
            return []
        lines = earlier.read_text(encoding="utf-8").splitlines()
        return [line for line in lines if line.split(" ")[1] not in replaced]
