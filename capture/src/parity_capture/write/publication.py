"""Puts a set of files in place of an earlier one in the same folder, all at once for whoever looks.

One by one, each file becomes a symbolic link to itself by way of `.parity-current`, which is a link to a folder with
the earlier set (hard links). One rename turns `.parity-current` to the folder with the new set, and with it all of the
links. One by one, each link becomes the file that it leads to. So whatever ends the process at whatever moment, whoever
looks finds the whole earlier set or the whole new one; `settle` ends what was interrupted. The Java side does the same
(`Publication.java`) and takes the same lock.

Where a file system has no links, the file that readers need is removed first and comes last, and `.parity-publishing`
stands there meanwhile.
"""

import contextlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

PREFIX = ".parity-"
UNFINISHED = f"{PREFIX}unfinished-"
EARLIER = f"{PREFIX}earlier-"
NEXT = f"{PREFIX}next-"
CURRENT = f"{PREFIX}current"
LOCK = f"{PREFIX}lock"
PUBLISHING = f"{PREFIX}publishing"


def _nothing() -> None:
    pass


class Publication:
    """A folder, and another inside with the new set, which is empty afterwards."""

    def __init__(
        self, folder: Path, made: Path, last: str, links: bool = True, step: Callable[[], None] = _nothing
    ) -> None:
        """`last` is what readers need; `links` says whether they may be tried; `step` is told before each change."""
        self._folder = folder
        self._made = made
        self._last = last
        self._links = links
        self._step = step

    def run(self, outdated: Iterable[str]) -> list[str]:
        """Publish; returns the names. Files called `outdated` that are not among the new ones go."""
        with _locked(self._folder):
            _settle(self._folder, self._step)
            names = sorted((p.name for p in self._made.iterdir()), key=lambda name: (name == self._last, name))
            gone = [name for name in sorted(set(outdated)) if name not in names]
            for name in (*names, *gone):
                if (self._folder / name).is_dir():
                    raise IsADirectoryError(None, "it is a folder", str(self._folder / name))
            if not self._links or not self._by_links([*names, *gone]):
                self._one_by_one(names, gone)
        return names

    def _by_links(self, every: list[str]) -> bool:
        folder, earlier = self._folder, self._folder / f"{EARLIER}{os.getpid()}"
        current = folder / CURRENT
        shutil.rmtree(earlier, ignore_errors=True)
        try:
            self._step()
            earlier.mkdir()
            for name in every:
                if os.path.lexists(folder / name):
                    self._step()
                    os.link(folder / name, earlier / name, follow_symlinks=False)
            self._step()
            current.symlink_to(earlier.name)
        except (OSError, NotImplementedError):
            shutil.rmtree(earlier, ignore_errors=True)  # no links here, or no room: nothing was moved yet
            return False
        for name in every:
            self._turn(folder / name, f"{CURRENT}/{name}")
        self._turn(current, self._made.name)
        _settle(folder, self._step)
        shutil.rmtree(earlier, ignore_errors=True)
        return True

    def _turn(self, link: Path, target: str) -> None:
        """Make a link in place of whatever has that name."""
        following = self._folder / f"{NEXT}{os.getpid()}"
        following.unlink(missing_ok=True)
        self._step()
        following.symlink_to(target)
        self._step()
        following.replace(link)

    def _one_by_one(self, names: list[str], gone: list[str]) -> None:
        mark = self._folder / PUBLISHING
        self._step()
        mark.write_text("The capture in this folder was being replaced; capture again.\n", encoding="utf8")
        for name in ([self._last] if self._last in names else []) + gone:
            self._step()
            (self._folder / name).unlink(missing_ok=True)
        for name in names:
            self._step()
            (self._made / name).replace(self._folder / name)
        self._step()
        mark.unlink()


def settle(folder: Path) -> None:
    """End what a process began that was interrupted; the set stays the one that it reads as."""
    if (folder / CURRENT).is_symlink():
        with _locked(folder):
            _settle(folder, _nothing)


def is_of_the_dead(name: str) -> bool:
    """Whether that is the name of a file or folder of a process that is no longer alive."""
    for prefix in (UNFINISHED, EARLIER, NEXT):
        number = name.removeprefix(prefix)
        if number != name:
            return number.isdigit() and not _alive(int(number))
    return False


def _settle(folder: Path, step: Callable[[], None]) -> None:
    current = folder / CURRENT
    if not current.is_symlink():
        return
    for link in sorted(folder.iterdir()):
        if not link.is_symlink() or link.readlink() != Path(CURRENT, link.name):
            continue
        step()
        if os.path.lexists(current / link.name):
            (current / link.name).replace(link)
        else:
            link.unlink()
    step()
    current.unlink()


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """One process at a time; a lock of the dead is none."""
    path = folder / LOCK
    while True:
        descriptor = os.open(path, os.O_CREAT | os.O_WRONLY, 0o666)
        try:
            if fcntl is not None:
                with contextlib.suppress(OSError):  # a file system that knows no locks
                    fcntl.lockf(descriptor, fcntl.LOCK_EX)
            if not _is_still(path, descriptor):
                continue
            try:
                yield
            finally:
                path.unlink(missing_ok=True)
            return
        finally:
            os.close(descriptor)


def _is_still(path: Path, descriptor: int) -> bool:
    """Whether who had the lock before has not removed the file since it was opened here."""
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
