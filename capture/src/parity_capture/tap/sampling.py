"""What the language model drew: what `multinomial` was given, the draws behind it, what it chose."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import nn
from torch.overrides import TorchFunctionMode

from parity_capture.tap.replaced import method_replaced


@dataclass
class Sampling:
    """All draws of one utterance: an entry per call of `multinomial`, in `token` and `logp` one per step."""

    step: list[int] = field(default_factory=list)
    prob: list[torch.Tensor] = field(default_factory=list)
    draw: list[torch.Tensor] = field(default_factory=list)
    index: list[int] = field(default_factory=list)
    token: list[int] = field(default_factory=list)
    logp: list[torch.Tensor] = field(default_factory=list)

    def tensors(self) -> dict[str, torch.Tensor]:
        """As they are written: `prob` and `draw` of all calls one behind the other, `size` says how long each is."""
        as_int = lambda values: torch.tensor(values, dtype=torch.int32)  # noqa: E731
        return {
            "step": as_int(self.step),
            "size": as_int([p.numel() for p in self.prob]),
            "prob": torch.cat(self.prob),
            "draw": torch.cat(self.draw),
            "index": as_int(self.index),
            "token": as_int(self.token),
        }


class _Multinomial(TorchFunctionMode):
    """Sees the calls of `multinomial` and takes the exponential draws behind them.

    With one sample torch computes argmax(prob / q) with q drawn from Exp(1) (aten/native/Distributions.cpp); drawing q
    again from the same generator state gives the same numbers, which is checked.
    """

    def __init__(self, sampling: Sampling) -> None:
        super().__init__()
        self._sampling = sampling

    def __torch_function__(
        self, func: Any, types: Any, args: Sequence[Any] = (), kwargs: Mapping[str, Any] | None = None
    ) -> Any:
        if func is not torch.Tensor.multinomial:
            return func(*args, **(kwargs or {}))
        prob = args[0].clone()
        before = torch.get_rng_state()
        result = func(*args, **(kwargs or {}))
        after = torch.get_rng_state()
        torch.set_rng_state(before)
        draw = torch.empty_like(prob).exponential_(1)
        if not torch.equal(torch.get_rng_state(), after) or int((prob / draw).argmax()) != int(result):
            raise RuntimeError(f"torch {torch.__version__} draws multinomial in another way than argmax(prob / q)")
        self._sampling.step.append(len(self._sampling.token))
        self._sampling.prob.append(prob)
        self._sampling.draw.append(draw)
        self._sampling.index.append(int(result))
        return result


@contextmanager
def recorded(llm: nn.Module, sampling: Sampling) -> Iterator[None]:
    """While inside, what `llm` draws is added to `sampling`."""

    def make(original: Callable[..., int]) -> Callable[..., int]:
        def pick(scores: torch.Tensor, *args: Any, **kwargs: Any) -> int:
            sampling.logp.append(scores.clone())
            with _Multinomial(sampling):
                token = original(scores, *args, **kwargs)
            sampling.token.append(token)
            return token

        return pick

    with method_replaced(llm, "sampling_ids", make):
        yield


@contextmanager
def forced(llm: nn.Module, tokens: Sequence[int], logp: list[torch.Tensor] | None = None) -> Iterator[None]:
    """While inside, `llm` chooses `tokens` whatever it computes; `logp` gets what it computed."""
    rest = iter(tokens)

    def pick(scores: torch.Tensor, *args: Any, **kwargs: Any) -> int:
        if logp is not None:
            logp.append(scores.clone())
        return next(rest)

    with method_replaced(llm, "sampling_ids", lambda _: pick):
        yield
