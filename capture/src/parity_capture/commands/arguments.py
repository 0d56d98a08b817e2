"""What the commands' parsers have in common."""

import argparse
import difflib
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any, NoReturn

from parity_capture.errors import CaptureError

OPTION = re.compile(r"--?[A-Za-z]\S*")
MOST_LISTED = 10
MOST_NEAR = 3
NEAR = 0.7  # of difflib's ratio; its own 0.6 takes fly for faulty


def typed(verb: str) -> str:
    """Give what a person types to get at `verb`, for messages and help."""
    return "parity capture" if verb == "capture" else f"parity capture {verb}"


def near(name: str, names: Collection[str]) -> str:
    """The end of a message about a `name` that is none of `names`: those that may have been meant, or nothing."""
    wanted = name.lower()
    begun = [each for each in names if each.startswith(wanted)]
    found = [*begun, *(each for each in difflib.get_close_matches(wanted, names, MOST_NEAR, NEAR) if each not in begun)]
    return f"; did you mean {' or '.join(found)}?" if 0 < len(found) <= MOST_NEAR else ""


class Parser(argparse.ArgumentParser):
    """A parser whose complaint is bad input as any other: one line and exit 3. Options are not abbreviated."""

    def __init__(self, verb: str, description: str) -> None:
        """Take what the command does, in a sentence."""
        self._options: dict[str, argparse.Action] = {}
        self._given: Sequence[str] = ()
        super().__init__(prog=typed(verb), description=description, allow_abbrev=False)

    def add_argument(self, *names: str, **more: Any) -> argparse.Action:
        """Add an option or argument as argparse does, and know it by name."""
        action = super().add_argument(*names, **more)
        self._options |= dict.fromkeys(action.option_strings, action)
        return action

    def add_choice(self, option: str, names: Collection[str], **more: Any) -> None:
        """Add an option that takes one of `names`, and answers any other with the near ones."""
        more.setdefault("metavar", f"{{{','.join(names)}}}")
        self.add_argument(option, type=_one_of(names), **more)

    def parsed(self, arguments: Sequence[str]) -> argparse.Namespace:
        """Parse the arguments that a person gave."""
        self._given = arguments
        return self.parse_args(arguments)

    def error(self, message: str) -> NoReturn:
        """Refuse the arguments. A wrong option goes first: argparse would ask for the one that was meant."""
        unknown = next(self._unknown(), None)
        if unknown is not None:
            message = f"{unknown}: no such option{near(unknown, self._options)}"
        raise CaptureError(f"{message.removeprefix('argument ')} (see {self.prog} --help)")

    def _unknown(self) -> Iterator[str]:
        """Options that there are not, but for what stands where an option has its value."""
        before = None
        for argument in self._given:
            if argument == "--":
                return
            name = argument.partition("=")[0]
            is_value = before is not None and before.nargs != 0
            if OPTION.fullmatch(name) and name not in self._options and not is_value:
                yield name
            before = self._options.get(argument)


def natural(text: str) -> int:
    """Take a whole number from 0 to 2^63 - 1, as torch's seeds and upstream's indices are."""
    value = int(text)
    if not 0 <= value < 1 << 63:
        raise ValueError(text)
    return value


def _one_of(names: Collection[str]) -> Callable[[str], str]:
    def one(text: str) -> str:
        if text in names:
            return text
        listed = f", only {', '.join(names)}" if len(names) <= MOST_LISTED else ""
        raise argparse.ArgumentTypeError(f"there is no {text!r}{near(text, names) or listed}")

    return one
