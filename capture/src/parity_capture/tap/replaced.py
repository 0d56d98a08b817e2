"""Methods of upstream's objects replaced for a while; upstream's classes and files stay as they are."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def method_replaced(owner: Any, name: str, make: Callable[[Callable[..., Any]], Callable[..., Any]]) -> Iterator[None]:
    """While inside, `owner.name` is what `make` makes of it."""
    setattr(owner, name, make(getattr(owner, name)))
    try:
        yield
    finally:
        delattr(owner, name)
