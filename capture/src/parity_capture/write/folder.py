"""The folder that a capture is written to: nothing in it looks whole before all of it is."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

from parity_capture import interrupts
from parity_capture.errors import CaptureError

UNFINISHED = ".parity-unfinished-"
LAST = "debug_artifacts.safetensors"


class CaptureFolder:
    """Files are made in a hidden folder inside and moved into place together, the one that all else needs last."""

    def __init__(self, path: Path) -> None:
        """Make the folder if there is none, and remove what captures that are no longer alive left in it."""
        self.path = path
        try:
            path.mkdir(parents=True, exist_ok=True)
            _remove_abandoned(path)
            self.unfinished = path / f"{UNFINISHED}{os.getpid()}"
            self.unfinished.mkdir()
        except (FileExistsError, NotADirectoryError) as e:
            raise CaptureError(f"{path}: is a file; give --out a folder") from e
        except OSError as e:
            raise CaptureError(f"{path}: cannot be written ({e.strerror}); give --out another folder") from e

    def file(self, name: str) -> Path:
        """Where to write the file that will be called `name`."""
        return self.unfinished / name

    def publish(self, outdated: Iterable[str]) -> list[str]:
        """Move all files into place, and remove what an earlier capture left under the names `outdated`."""
        with interrupts.unheard():
            return self._publish(outdated)

    def _publish(self, outdated: Iterable[str]) -> list[str]:
        made = sorted((p.name for p in self.unfinished.iterdir()), key=lambda name: (name == LAST, name))
        if LAST in made:
            (self.path / LAST).unlink(missing_ok=True)
        for name in outdated:
            if name not in made:
                (self.path / name).unlink(missing_ok=True)
        for name in made:
            (self.unfinished / name).replace(self.path / name)
        return made

    def __enter__(self) -> "CaptureFolder":
        """Nothing to do."""
        return self

    def __exit__(self, kind: type[BaseException] | None, e: BaseException | None, trace: TracebackType | None) -> None:
        """Remove what was not published."""
        shutil.rmtree(self.unfinished, ignore_errors=True)


def _remove_abandoned(folder: Path) -> None:
    for child in folder.glob(UNFINISHED + "*"):
        number = child.name.removeprefix(UNFINISHED)
        if number.isdigit() and not _alive(int(number)):
            shutil.rmtree(child, ignore_errors=True)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
