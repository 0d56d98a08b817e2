"""Which lines of a module of upstream's run, and which of them change a text."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

WATCHED = ("text", "texts")  # the local variables that hold what is being said


@dataclass
class Lines:
    """How often each line ran, and how often it changed a watched variable, by file and line."""

    ran: Counter[tuple[str, int]] = field(default_factory=Counter)
    changed: Counter[tuple[str, int]] = field(default_factory=Counter)

    def by_file(self) -> dict[str, dict[str, list[int]]]:
        """As they are written: {file: {line: [ran, changed]}}."""
        files: dict[str, dict[str, list[int]]] = {}
        for file, line in sorted(self.ran):
            files.setdefault(file, {})[str(line)] = [self.ran[file, line], self.changed[file, line]]
        return files


@contextmanager
def lines_seen(package: Path, files: tuple[str, ...]) -> Iterator[Lines]:
    """Watch `files` of `package` while inside, in this thread."""
    lines = Lines()
    watched = {str(package / file): file for file in files}

    def trace(frame: FrameType, event: str, argument: Any) -> Callable[..., Any] | None:
        file = watched.get(frame.f_code.co_filename)
        return None if file is None else _Frame(lines, file).trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        yield lines
    finally:
        sys.settrace(before)


class _Frame:
    """One call of a function: what its variables were before the line that runs."""

    def __init__(self, lines: Lines, file: str) -> None:
        self.lines, self.file = lines, file
        self.line: int | None = None
        self.before: dict[str, Any] = {}

    def trace(self, frame: FrameType, event: str, argument: Any) -> Callable[..., Any]:
        if event in ("line", "return"):
            now = {name: frame.f_locals[name] for name in WATCHED if name in frame.f_locals}
            if self.line is not None and any(name in self.before and self.before[name] != now[name] for name in now):
                self.lines.changed[self.file, self.line] += 1
            self.before = now
        if event == "line":
            self.line = frame.f_lineno
            self.lines.ran[self.file, frame.f_lineno] += 1
        return self.trace
