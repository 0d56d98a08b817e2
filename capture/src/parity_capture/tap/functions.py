"""Taps of functions that are no modules: the Euler solver's steps, the STFT and its inverse."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import nn

from parity_capture.tap.double import to_double
from parity_capture.tap.listener import Listener
from parity_capture.tap.replaced import method_replaced

SOLVER_X = "flow.decoder.solve_euler.x"


@contextmanager
def method_tapped(listener: Listener, owner: nn.Module, name: str, path: str, twin: nn.Module | None) -> Iterator[None]:
    """Tap a method as if it were a module. `twin` is `owner` in float64."""

    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        def tapped(*args: Any, **kwargs: Any) -> Any:
            output = original(*args, **kwargs)
            exact = None if twin is None else lambda: getattr(twin, name)(*to_double(args), **to_double(kwargs))
            listener.record(path, output, exact)
            return output

        return tapped

    with method_replaced(owner, name, make):
        yield


@contextmanager
def euler_tapped(
    listener: Listener, decoder: nn.Module, isolated: bool, begins: Callable[[int], None] = lambda steps: None
) -> Iterator[None]:
    """Tap x [1, 80, T] after each step of flow_matching.py's solve_euler.

    Upstream keeps x in a local variable: it shows as the estimator's next input, and as the solver's result.
    With `isolated`, the truth of a step is the step in float64 from the same x, t and guided pair of velocities.
    `begins` is told the number of steps of each solve.
    """
    estimator, rate = decoder.estimator, decoder.inference_cfg_rate
    seen: list[tuple[torch.Tensor, torch.Tensor]] = []  # x and t of each step of this solve
    velocity: list[torch.Tensor] = []
    t_span: list[torch.Tensor] = []

    def record(x: torch.Tensor) -> None:
        if not isolated:
            listener.record(SOLVER_X, x)
            return
        k = len(seen) - 1
        (x_before, t), v = seen[k], velocity[k].double()

        def exact() -> torch.Tensor:
            dt = t_span[0][k + 1].double() - t.double()
            after: torch.Tensor = x_before.double() + dt * ((1.0 + rate) * v[:1] - rate * v[1:])
            return after

        listener.record(SOLVER_X, x, exact)

    def before(module: nn.Module, args: Any) -> None:
        x = args[0][:1].clone()
        if seen:
            record(x)
        seen.append((x, args[3][0].clone()))

    def after(module: nn.Module, args: Any, output: torch.Tensor) -> None:
        velocity.append(output.clone())

    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        def solve(x: torch.Tensor, **kwargs: Any) -> torch.Tensor:
            seen.clear()
            velocity.clear()
            t_span[:] = [kwargs["t_span"]]
            begins(len(kwargs["t_span"]) - 1)
            result: torch.Tensor = original(x, **kwargs)
            record(result)
            return result

        return solve

    handles = [estimator.register_forward_pre_hook(before), estimator.register_forward_hook(after)]
    try:
        with method_replaced(decoder, "solve_euler", make):
            yield
    finally:
        for handle in handles:
            handle.remove()
