"""A wish to stop: no `except:` of upstream's overrules it (cli/frontend.py:65), and no clean-up is stopped by it."""

import contextlib
import signal
from collections.abc import Iterator
from types import FrameType

# Ctrl-C comes as two: the terminal's, and that of the `parity` that the terminal interrupted too.
NAMES = ("SIGINT", "SIGTERM", "SIGHUP")


class _Wish:
    came = False
    deaf = False


def listen() -> None:
    """Raise KeyboardInterrupt at the first polite signal of this process, and at none that follows."""

    def heard(number: int, frame: FrameType | None) -> None:
        first, _Wish.came = not _Wish.came, True
        if first and not _Wish.deaf:
            raise KeyboardInterrupt

    for name in NAMES:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), heard)


def check() -> None:
    """Raise KeyboardInterrupt if a signal came, whoever has swallowed it since."""
    if _Wish.came:
        raise KeyboardInterrupt


@contextlib.contextmanager
def unheard() -> Iterator[None]:
    """What must not stop half-way; `check` tells of a signal that came meanwhile."""
    _Wish.deaf = True
    try:
        yield
    finally:
        _Wish.deaf = False
