"""Who hears what modules return, and under which names."""

import re
from collections.abc import Callable, Iterator
from typing import Any, Protocol

import torch
from torch import nn

# Unused logits, and modules that only fold weights.
NEVER = re.compile(r".*lm_head|.*parametrizations.*")
Exact = Callable[[], Any]
Key = tuple[str, int]


class Listener(Protocol):
    """Hears what modules and functions return."""

    def record(self, path: str, output: Any, exact: Exact | None = None) -> None:
        """`path` returned `output`; `exact` gives the same in float64, from the same inputs."""

    def detach(self) -> None:
        """Leave the modules as they were, and hear no more."""


def modules(root: nn.Module, part: str) -> Iterator[tuple[str, str, nn.Module]]:
    """Path, name and module of everything that is tapped in `root`."""
    for name, module in root.named_modules():
        path = f"{part}.{name}" if name else part
        if not NEVER.fullmatch(path):
            yield path, name, module


def parts(path: str, output: Any) -> Iterator[tuple[str, torch.Tensor]]:
    """The floating tensors that a module returned, by name."""
    several = isinstance(output, tuple | list) and len(output) > 1
    for i, part in enumerate(output if isinstance(output, tuple | list) else [output]):
        if isinstance(part, torch.Tensor) and part.is_floating_point() and part.numel():
            yield (f"{path}.{i}" if several else path), part
