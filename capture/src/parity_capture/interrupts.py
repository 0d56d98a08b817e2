"""A wish to stop: no `except:` of upstream's overrules it (cli/frontend.py:65), and no clean-up is stopped by it."""

import contextlib
import os
import signal
import threading
import time
from collections.abc import Iterator
from types import FrameType

# Ctrl-C comes as two: the terminal's, and that of the `parity` that the terminal interrupted too.
NAMES = ("SIGINT", "SIGTERM", "SIGHUP")


# Set by a parent without which this process is of no use: its number.
WATCHED = "PARITY_PARENT"
WATCH_SECONDS = 0.5
GRACE_SECONDS = 5

# What was published before the wish came, for the person.
kept: list[str] = []


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


def end_with_parent() -> None:
    """Stop as at a polite signal when the parent is gone; it cannot send one when it is killed."""
    parent = os.environ.get(WATCHED, "")
    if not parent.isdigit():
        return

    def watch() -> None:
        while os.getppid() == int(parent):
            time.sleep(WATCH_SECONDS)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(GRACE_SECONDS)
        while _Wish.deaf:
            time.sleep(0.1)
        os._exit(130)

    threading.Thread(target=watch, name="watches the parent", daemon=True).start()


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
