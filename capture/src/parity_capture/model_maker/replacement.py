"""A folder that is written beside its place, and moved there when it is whole."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from parity_capture.errors import CaptureError
from parity_capture.interrupts import unheard

MARK = "# Random weights, made by `parity capture make-model"  # how the cosyvoice3.yaml of a made model begins


@contextmanager
def replacement(place: Path, room: int) -> Iterator[Path]:
    """Give a new folder beside `place`, which takes its place at the end; it is gone when something goes wrong.

    `room` bytes must be free there. What was in `place` before is removed: whether it may be is for the caller to say.
    """
    unfinished, outdated = (place.parent / f".{place.name}.{what}-{os.getpid()}" for what in ("unfinished", "outdated"))
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(place.parent).free
        if free < room:
            raise CaptureError(f"{place}: needs {room >> 20} MB, {free >> 20} MB are free there; name another folder")
        unfinished.mkdir()
        yield unfinished
        with unheard():
            if place.exists():
                place.rename(outdated)
            unfinished.rename(place)
    except OSError as e:
        raise CaptureError(f"{e.filename or place}: cannot be written ({e.strerror}); name another folder") from e
    finally:
        for folder in (unfinished, outdated):
            shutil.rmtree(folder, ignore_errors=True)


def refuse_what_was_not_made(out: Path) -> None:
    """Let `out` be replaced only where make-model made it: a release that was downloaded is never lost."""
    if not out.exists():
        return
    if not out.is_dir():
        raise CaptureError(f"{out}: is a file; name a folder")
    config = out / "cosyvoice3.yaml"
    if config.is_file():
        with config.open(encoding="utf8", errors="replace") as file:
            if not file.readline().startswith(MARK):
                raise CaptureError(f"{out}: holds a model that make-model did not make; name another folder")
    elif any(out.iterdir()):
        raise CaptureError(f"{out}: is not empty and holds no model; name another folder")
