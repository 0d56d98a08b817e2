"""Hooks on every module of a part: what it returned, and its own rounding error.

A tap is the output of a module, named by the module's path; `.i` after the path is the i-th of several outputs, `#k`
the k-th call where a module is called more than once. The isolated truth of a tap is the same module run in float64 on
the same float32 inputs and weights, minus the tap; the cumulative truth is the tap of the whole stage run in float64,
minus the tap.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import nn

from parity_capture.tap.double import StayDouble, cache_before, cache_in, cache_lengths, double, to_double
from parity_capture.tap.inputs import Inputs, arguments
from parity_capture.tap.listener import Exact, Key, Listener, modules, parts
from parity_capture.tap.progress import Progress
from parity_capture.tap.wide import WideTaps, put_truth
from parity_capture.write.store import Spool, Spooled


@dataclass(frozen=True)
class Untrue:
    """A tap that has no truth, and why."""

    name: str
    reason: str


class Taps:
    """The taps of one part of the model, their truth, and the inputs that are no taps, where these are asked for."""

    def __init__(
        self,
        root: nn.Module,
        part: str,
        keep: Callable[[str, int], bool],
        folder: Path,
        progress: Progress,
        truth: bool,
        inputs: bool = False,
    ) -> None:
        """Hook every module of `root`. `keep(path, call)` says which calls are kept; spools lie in `folder`."""
        self.part, self.keep, self.progress = part, keep, progress
        self.wide = double(root) if truth else None
        self.kept: Spool[Key] = Spool(folder / f"taps_{part}.spool")
        self.truth: Spool[Key] = Spool(folder / f"truth_{part}.spool")
        self.cumulative: Spool[Key] = Spool(folder / f"truth_{part}_cumulative.spool")
        self.inputs = Inputs(part, folder) if inputs else None
        self.untrue: list[Untrue] = []
        self._calls: dict[str, int] = {}
        self._cached: dict[str, list[int]] = {}
        self._undo: list[Callable[[], None]] = []
        twins = dict(self.wide.named_modules()) if self.wide is not None else {}
        for path, name, module in modules(root, part):
            self._hook(path, module, twins.get(name))

    def _hook(self, path: str, module: nn.Module, twin: nn.Module | None) -> None:
        signature = inspect.signature(module.forward)

        def before(module: nn.Module, args: Any, kwargs: dict[str, Any]) -> None:
            cache = cache_in(args, kwargs)
            if cache is not None:
                self._cached[path] = cache_lengths(cache)
            call = self._calls.get(path, 0)
            if self.inputs is not None and self.keep(path, call):
                self.inputs.entering(path, call, arguments(signature, args, kwargs))

        def after(module: nn.Module, args: Any, kwargs: dict[str, Any], output: Any) -> None:
            self.record(path, output, None if twin is None else lambda: self._replay(path, twin, args, kwargs))

        self._undo.append(module.register_forward_pre_hook(before, with_kwargs=True).remove)
        self._undo.append(module.register_forward_hook(after, with_kwargs=True).remove)

    def _replay(self, path: str, twin: nn.Module, args: Any, kwargs: dict[str, Any]) -> Any:
        """Run a module in float64; a cache, which the forward pass has already extended, is as it was before."""
        cache = cache_in(args, kwargs)
        before = cache_before(cache, self._cached[path]) if cache is not None else None

        def widen(value: Any) -> Any:
            return before if value is cache and cache is not None else to_double(value)

        return twin(*map(widen, args), **{k: widen(v) for k, v in kwargs.items()})

    def record(self, path: str, output: Any, exact: Exact | None = None) -> None:
        """Keep what `path` returned, and its truth."""
        self.progress.step()
        call = self._calls.get(path, 0)
        self._calls[path] = call + 1
        if not self.keep(path, call):
            return
        taps = dict(parts(path, output))
        for name, tap in taps.items():
            self.kept.put((name, call), tap)
        if not taps:
            return
        if self.inputs is not None:
            self.inputs.returned(path, call, [self.kept.entries[name, call].content for name in taps])
        if exact is None:
            return
        try:
            with StayDouble():
                truths = dict(parts(path, exact()))
        except (RuntimeError, TypeError, ValueError) as e:
            self.untrue.append(Untrue(path, f"its float64 run failed: {str(e).splitlines()[0]}"))
            return
        for name, tap in taps.items():
            put_truth(self.truth, (name, call), truths[name], tap)

    def run_wide(self, run: Callable[[nn.Module, Listener], Any]) -> Any:
        """Take the cumulative truth: `run` runs the stage on the float64 model; what it returns is handed on."""
        if self.wide is None:
            raise ValueError("taps without truth have no float64 model")
        listener = WideTaps(self.wide, self.part, self.kept, self.cumulative, self.progress)
        try:
            with StayDouble(), torch.inference_mode():
                return run(self.wide, listener)
        finally:
            listener.detach()

    def detach(self) -> None:
        """Leave the modules as they were."""
        while self._undo:
            self._undo.pop()()

    def names(self) -> dict[Key, str]:
        """Names of all taps that were kept, in the order in which the modules returned: children before parents."""
        many = {name for name, call in self.kept.entries if call > 0}
        return {(name, call): f"{name}#{call}" if name in many else name for name, call in self.kept.entries}

    def files(self) -> dict[str, Spooled]:
        """The taps, their truths, and the inputs that are no taps, by file; no more can be taken after this."""
        self.detach()
        self.wide = None
        names = self.names()
        files = {
            f"taps_{self.part}": Spooled(self.kept, names, order=True),
            f"truth_{self.part}": Spooled(self.truth, names, order=True),
            f"truth_{self.part}_cumulative": Spooled(self.cumulative, names, order=True),
        }
        if self.inputs is not None:
            files[f"inputs_{self.part}"] = Spooled(self.inputs.spool, self.inputs.names(), order=True)
        return files

    def close(self) -> None:
        """Remove the spools."""
        self.detach()
        for spool in (self.kept, self.truth, self.cumulative):
            spool.close()
        if self.inputs is not None:
            self.inputs.close()
