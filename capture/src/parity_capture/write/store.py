"""Tensors on disk: a spool that takes them as they come, and the safetensors file that is made of it.

safetensors' own writer wants every tensor in memory and orders metadata at random; a capture of all modules does not
fit, and two captures must be the same bytes. Its reader reads what is written here.
"""

import hashlib
import json
import os
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Generic, TypeVar

import numpy as np
import torch

DTYPES = {
    torch.float64: "F64",
    torch.float32: "F32",
    torch.float16: "F16",
    torch.bfloat16: "BF16",
    torch.int64: "I64",
    torch.int32: "I32",
    torch.int16: "I16",
    torch.int8: "I8",
    torch.uint8: "U8",
    torch.bool: "BOOL",
}
K = TypeVar("K", bound=Hashable)
ALIGNMENT = 64
BLOCK = 1 << 24


@dataclass(frozen=True)
class Content:
    """What tensors have in common that are bit for bit the same; `digest` is the sha256 of their bytes."""

    dtype: torch.dtype
    shape: tuple[int, ...]
    digest: str


@dataclass(frozen=True)
class Entry:
    """Where a tensor lies in its spool, and what it is."""

    content: Content
    offset: int
    size: int


class Spool(Generic[K]):
    """Tensors by key, in the order in which they came, in one file that is gone when this is closed."""

    def __init__(self, path: Path) -> None:
        """`path` must not exist yet."""
        self.path = path
        self.entries: dict[K, Entry] = {}
        self._file: BinaryIO = path.open("x+b", buffering=0)
        self._end = 0

    def put(self, key: K, tensor: torch.Tensor) -> None:
        """Append a tensor; a key is used once."""
        if key in self.entries:
            raise ValueError(f"{key} was put twice")
        data = _bytes_of(tensor)
        self._file.seek(self._end)
        _write_all(self._file, data)
        self.entries[key] = Entry(_content(tensor, data), self._end, data.nbytes)
        self._end += data.nbytes

    def get(self, key: K) -> torch.Tensor:
        """Read a tensor back."""
        entry = self.entries[key]
        self._file.seek(entry.offset)
        data = bytearray(self._file.read(entry.size))
        if not data:
            return torch.zeros(entry.content.shape, dtype=entry.content.dtype)
        return torch.frombuffer(data, dtype=entry.content.dtype).reshape(entry.content.shape)

    def blocks(self, key: K) -> Iterator[bytes]:
        """The bytes of a tensor, some at a time."""
        entry = self.entries[key]
        done = 0
        while done < entry.size:
            self._file.seek(entry.offset + done)
            block = self._file.read(min(BLOCK, entry.size - done))
            done += len(block)
            yield block

    def close(self) -> None:
        """Remove the file."""
        self._file.close()
        self.path.unlink(missing_ok=True)

    def __enter__(self) -> "Spool[K]":
        """Nothing to do."""
        return self

    def __exit__(self, kind: type[BaseException] | None, e: BaseException | None, trace: TracebackType | None) -> None:
        """Remove the file."""
        self.close()


@dataclass(frozen=True)
class Spooled:
    """Tensors that lie in a spool, each to be written under a name; `order` asks for the metadata to list the names."""

    spool: Spool[Any]
    names: Mapping[Any, str]
    order: bool

    def written(self) -> list[str]:
        """The names of tensors that are there, in the order of `names`."""
        return [name for key, name in self.names.items() if key in self.spool.entries]


def write_safetensors(
    path: Path, spool: Spool[K], names: Mapping[K, str], metadata: Mapping[str, str]
) -> dict[str, str]:
    """Make a safetensors file of the tensors of `spool` that have a name.

    Widest elements first, so that all are aligned without gaps, then in the order in which they came. The same tensors
    and metadata give the same bytes. Returns the sha256 of each tensor by name.
    """
    chosen = [(key, entry) for key, entry in spool.entries.items() if key in names]
    chosen.sort(key=lambda pair: -pair[1].content.dtype.itemsize)
    header: dict[str, object] = {"__metadata__": dict(sorted(metadata.items()))}
    end = 0
    for key, entry in chosen:
        header[names[key]] = {
            "dtype": DTYPES[entry.content.dtype],
            "shape": list(entry.content.shape),
            "data_offsets": [end, end + entry.size],
        }
        end += entry.size
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-(8 + len(text)) % ALIGNMENT)
    with path.open("xb", buffering=0) as file:
        _write_all(file, memoryview(len(text).to_bytes(8, "little") + text))
        for key, _ in chosen:
            for block in spool.blocks(key):
                _write_all(file, memoryview(block))
    return {names[key]: entry.content.digest for key, entry in chosen}


def content_of(tensor: torch.Tensor) -> Content:
    """What is the same of all tensors with these bits."""
    return _content(tensor, _bytes_of(tensor))


def _content(tensor: torch.Tensor, data: memoryview) -> Content:
    return Content(tensor.dtype, tuple(tensor.shape), hashlib.sha256(data).hexdigest())


def _bytes_of(tensor: torch.Tensor) -> memoryview:
    flat = tensor.detach().contiguous().reshape(-1)
    if not flat.numel():
        return memoryview(b"")
    data: np.ndarray[tuple[int, ...], np.dtype[np.uint8]] = flat.view(torch.uint8).numpy()
    return data.data


def _write_all(file: BinaryIO, data: memoryview) -> None:
    while data.nbytes:
        data = data[os.write(file.fileno(), data) :]
