"""The folder that a capture is written to: nothing in it looks whole before all of it is."""

import contextlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

from parity_capture import interrupts
from parity_capture.errors import CaptureError
from parity_capture.write import publication
from parity_capture.write.publication import UNFINISHED, Publication

LAST = "debug_artifacts.safetensors"


class CaptureFolder:
    """Files are made in a hidden folder inside and put in their place together."""

    def __init__(self, path: Path) -> None:
        """Make the folder if there is none, and remove what captures that are no longer alive left in it."""
        self.path = path
        self._created = _missing(path)
        try:
            path.mkdir(parents=True, exist_ok=True)
            publication.settle(path)
            _remove_abandoned(path)
            self.unfinished = path / f"{UNFINISHED}{os.getpid()}"
            shutil.rmtree(self.unfinished, ignore_errors=True)
            self.unfinished.mkdir()
        except (FileExistsError, NotADirectoryError) as e:
            raise CaptureError(f"{path}: is a file; give --out a folder") from e
        except OSError as e:
            raise CaptureError(f"{path}: cannot be written ({e.strerror}); give --out another folder") from e

    def file(self, name: str) -> Path:
        """Where to write the file that will be called `name`."""
        return self.unfinished / name

    def publish(self, outdated: Iterable[str]) -> list[str]:
        """Put all files in place, and remove what an earlier capture left under the names `outdated`."""
        with interrupts.unheard():
            try:
                made = Publication(self.path, self.unfinished, LAST).run(outdated)
            except OSError as e:
                raise CaptureError(
                    f"{e.filename or self.path}: the capture cannot be put there ({e.strerror}); give --out a folder "
                    "whose files can be replaced"
                ) from e
            self._created = []
            interrupts.kept.append(str(self.path))
            return made

    def __enter__(self) -> "CaptureFolder":
        """Nothing to do."""
        return self

    def __exit__(self, kind: type[BaseException] | None, e: BaseException | None, trace: TracebackType | None) -> None:
        """Remove what was not published, and the folders that are there for nothing else."""
        shutil.rmtree(self.unfinished, ignore_errors=True)
        with contextlib.suppress(OSError):
            for folder in self._created:
                folder.rmdir()


def _missing(folder: Path) -> list[Path]:
    """The folders that have to be made, the innermost first."""
    at = folder.absolute()
    missing = []
    while not at.exists() and at != at.parent:
        missing.append(at)
        at = at.parent
    return missing


def _remove_abandoned(folder: Path) -> None:
    for child in folder.iterdir():
        if publication.is_of_the_dead(child.name):
            if child.is_dir() and not child.is_symlink():
                shutil.rmtree(child, ignore_errors=True)
            else:
                child.unlink(missing_ok=True)
