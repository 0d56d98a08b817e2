"""The truth of taps: what float64 has where float32 has the tap."""

from collections.abc import Callable
from typing import Any

import torch
from torch import nn

from parity_capture.tap.listener import Exact, Key, modules, parts
from parity_capture.tap.progress import Progress
from parity_capture.write.store import Spool


class WideTaps:
    """The taps of the whole stage in float64, each held against the float32 tap of its name and call."""

    def __init__(self, root: nn.Module, part: str, kept: Spool[Key], truth: Spool[Key], progress: Progress) -> None:
        """Hook every module of `root`, which is in float64. `truth` gets the difference to what is in `kept`."""
        self._kept, self._truth, self._progress = kept, truth, progress
        self._calls: dict[str, int] = {}
        self._handles = [module.register_forward_hook(self._hook(path)) for path, _, module in modules(root, part)]

    def _hook(self, path: str) -> Callable[[nn.Module, Any, Any], None]:
        return lambda module, args, output: self.record(path, output)

    def record(self, path: str, output: Any, exact: Exact | None = None) -> None:
        """Keep the truth of the taps that `path` has for this call."""
        self._progress.step()
        call = self._calls.get(path, 0)
        self._calls[path] = call + 1
        for name, part in parts(path, output):
            if (name, call) in self._kept.entries:
                put_truth(self._truth, (name, call), part, self._kept.get((name, call)))

    def detach(self) -> None:
        """Leave the modules as they were."""
        for handle in self._handles:
            handle.remove()


def put_truth(spool: Spool[Key], key: Key, exact: torch.Tensor, tap: torch.Tensor) -> None:
    """Keep `exact` minus `tap`, in float32."""
    if exact.shape != tap.shape:
        raise ValueError(f"{key}: {tuple(exact.shape)} in float64, {tuple(tap.shape)} in float32")
    with torch._C.DisableTorchFunction():  # StayDouble may be on, and the truth itself is float32
        spool.put(key, (exact.double() - tap.double()).float())
