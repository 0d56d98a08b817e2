"""What the modules of a part were given that none of its taps is.

With it every module can be run alone on what upstream gave it. An input is named by module and parameter of its
forward: `flow.decoder.estimator:t#3`. What is bit for bit an earlier tap or input is not stored again.
"""

import inspect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from parity_capture.write.store import Content, Spool, content_of


@dataclass(frozen=True)
class _Given:
    """A tensor that a call of a module was given."""

    path: str
    parameter: str
    call: int
    content: Content


class Inputs:
    """The inputs of one part, kept as its modules are called."""

    def __init__(self, part: str, folder: Path) -> None:
        """The spool lies in `folder`."""
        self.spool: Spool[Content] = Spool(folder / f"inputs_{part}.spool")
        self._given: list[_Given] = []
        self._returned: set[Content] = set()
        self._tapped: set[tuple[str, int]] = set()

    def entering(self, path: str, call: int, given: Iterable[tuple[str, torch.Tensor]]) -> None:
        """A call begins, with these tensors by parameter. Modules may write to them, so they are stored now."""
        for parameter, tensor in given:
            content = content_of(tensor)
            if content in self._returned:
                continue
            self._given.append(_Given(path, parameter, call, content))
            if content not in self.spool.entries:
                self.spool.put(content, tensor)

    def returned(self, path: str, call: int, taps: Iterable[Content]) -> None:
        """The call has these taps."""
        self._tapped.add((path, call))
        self._returned.update(taps)

    def names(self) -> dict[Content, str]:
        """Names of the inputs of calls that have a tap, in the order of the calls: parents before children."""
        many = {path for path, call in self._tapped if call > 0}
        names: dict[Content, str] = {}
        for of in self._given:
            if (of.path, of.call) in self._tapped:
                number = f"#{of.call}" if of.path in many else ""
                names.setdefault(of.content, f"{of.path}:{of.parameter}{number}")
        return names

    def close(self) -> None:
        """Remove the spool."""
        self.spool.close()


def arguments(
    signature: inspect.Signature, args: Sequence[Any], kwargs: Mapping[str, Any]
) -> Iterator[tuple[str, torch.Tensor]]:
    """The floating tensors with elements among the arguments, by parameter; `**name` gives those in it their own."""
    bound = signature.bind(*args, **kwargs).arguments
    for name, value in bound.items():
        several = signature.parameters[name].kind is inspect.Parameter.VAR_KEYWORD
        for parameter, tensor in value.items() if several else [(name, value)]:
            if isinstance(tensor, torch.Tensor) and tensor.is_floating_point() and tensor.numel():
                yield parameter, tensor
