"""Upstream's modules in float64: the same code, the same weights, nothing rounded on the way."""

import copy
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import torch
from torch import nn
from torch.overrides import TorchFunctionMode
from transformers.cache_utils import DynamicCache

M = TypeVar("M", bound=nn.Module)


class StayDouble(TorchFunctionMode):
    """Where the reference asks for float32 by name, float64 is what it gets.

    RMSNorm (transformers) and the Euler solver (flow_matching.py) cast to float32 whatever they were given, so that a
    module in float64 would carry float32's rounding.
    """

    def __torch_function__(
        self, func: Any, types: Any, args: Sequence[Any] = (), kwargs: Mapping[str, Any] | None = None
    ) -> Any:
        """Call `func` with float64 for float32."""
        if func is torch.Tensor.float:
            func = torch.Tensor.double
        wide = [torch.float64 if a is torch.float32 else a for a in args]
        named = {k: torch.float64 if a is torch.float32 else a for k, a in (kwargs or {}).items()}
        return func(*wide, **named)


def double(module: M) -> M:
    """A copy of `module` in float64."""
    wide: M = copy.deepcopy(module).double()
    for child in wide.modules():
        for name, value in vars(child).items():
            # Tensors that are neither parameter nor buffer: HiFT's window, which must have the dtype of what it weighs.
            if name == "stft_window" and isinstance(value, torch.Tensor):
                setattr(child, name, value.double())
    return wide


def to_double(value: Any) -> Any:
    """`value` with every floating tensor in it in float64."""
    if isinstance(value, torch.Tensor):
        return value.double() if value.is_floating_point() else value
    if isinstance(value, list | tuple):
        return type(value)(to_double(v) for v in value)
    return {k: to_double(v) for k, v in value.items()} if isinstance(value, dict) else value


def cache_in(args: Sequence[Any], kwargs: Mapping[str, Any]) -> DynamicCache | None:
    """The key-value cache among a module's inputs, if there is one."""
    return next((v for v in [*args, *kwargs.values()] if isinstance(v, DynamicCache)), None)


def cache_lengths(cache: DynamicCache) -> list[int]:
    """Positions that each layer of a cache holds."""
    return [keys.shape[-2] for keys in cache.key_cache]


def cache_before(cache: DynamicCache, lengths: Sequence[int]) -> DynamicCache:
    """In float64, the cache as it was when its layers held `lengths` positions; it only ever grows at the end."""
    wide = DynamicCache()
    for layer, n in enumerate(lengths):
        wide.update(cache.key_cache[layer][..., :n, :].double(), cache.value_cache[layer][..., :n, :].double(), layer)
    return wide
