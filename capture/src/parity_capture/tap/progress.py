"""How far a capture is: a bar on a terminal, nothing in a log."""

import sys
from types import TracebackType

from tqdm import tqdm

from parity_capture import interrupts


class Progress:
    """Modules run so far, of how many, and the time left."""

    def __init__(self, stage: str, total: int, shown: bool) -> None:
        """`total` may be raised as more becomes known."""
        self._bar = tqdm(total=total, unit=" modules", leave=False, disable=not shown, file=sys.stderr, mininterval=0.2)
        self.stage(stage)

    def stage(self, name: str) -> None:
        """What runs now."""
        self._bar.set_description(f"    {name}")

    def expect(self, more: int) -> None:
        """So many modules will run beside those already expected."""
        if self._bar.total is not None:
            self._bar.total += more
            self._bar.refresh()

    def step(self) -> None:
        """One module has run."""
        interrupts.check()
        self._bar.update()

    def __enter__(self) -> "Progress":
        """Nothing to do."""
        return self

    def __exit__(self, kind: type[BaseException] | None, e: BaseException | None, trace: TracebackType | None) -> None:
        """Clear the bar."""
        self._bar.close()
