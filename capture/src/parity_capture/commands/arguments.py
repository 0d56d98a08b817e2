"""What the commands' parsers have in common."""

import argparse
from typing import NoReturn

from parity_capture.errors import CaptureError


def typed(verb: str) -> str:
    """Give what a person types to get at `verb`, for messages and help."""
    return "parity capture" if verb == "capture" else f"parity capture {verb}"


class Parser(argparse.ArgumentParser):
    """A parser whose complaint is bad input as any other: one line and exit 3. Options are not abbreviated."""

    def __init__(self, verb: str, description: str) -> None:
        """Take what the command does, in a sentence."""
        super().__init__(prog=typed(verb), description=description, allow_abbrev=False)

    def error(self, message: str) -> NoReturn:
        """Refuse the arguments."""
        raise CaptureError(f"{message} (see {self.prog} --help)")


def natural(text: str) -> int:
    """Take a whole number from 0 to 2^63 - 1, as torch's seeds and upstream's indices are."""
    value = int(text)
    if not 0 <= value < 1 << 63:
        raise ValueError(text)
    return value
