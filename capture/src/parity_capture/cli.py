"""The command line: finds the verb, runs it, and turns what went wrong into one line and an exit code."""

import errno
import importlib
import os
import sys
import traceback
from collections.abc import Callable, Sequence

from parity_capture import interrupts
from parity_capture.commands.arguments import near, typed
from parity_capture.errors import CaptureError
from parity_capture.visible import visible

OK, BAD_INPUT, BUG, STOPPED, CLOSED_PIPE = 0, 3, 4, 130, 141

# Verb -> module with `main(arguments) -> exit code`. Modules are loaded when asked for: torch takes seconds.
VERBS = {
    "capture": "parity_capture.commands.capture",
    "make-model": "parity_capture.commands.make_model",
    "make-samples": "parity_capture.commands.make_samples",
    "variant": "parity_capture.commands.variant",
    "faulty": "parity_capture.commands.faulty",
    "texts": "parity_capture.commands.texts",
    "batch": "parity_capture.commands.batch",
    "check": "parity_capture.commands.check",
}


def main(arguments: Sequence[str]) -> int:
    """Run the verb that `arguments` begin with (`capture` where they begin with an option); returns the exit code."""
    verb, rest = "capture", list(arguments)
    if rest and not rest[0].startswith("-"):
        verb = rest.pop(0)
    try:
        if verb not in VERBS:
            raise CaptureError(f"{verb}: no such command{near(verb, VERBS) or '; there are ' + ', '.join(VERBS)}")
        command: Callable[[list[str]], int] = importlib.import_module(VERBS[verb]).main
        return command(rest)
    except CaptureError as e:
        print(visible(f"{typed(verb)}: {e}"), file=sys.stderr)
        return BAD_INPUT
    except KeyboardInterrupt:
        kept = f"kept: {', '.join(interrupts.kept)}" if interrupts.kept else "nothing was written"
        print(visible(f"{typed(verb)}: stopped; {kept}"), file=sys.stderr)
        return STOPPED
    except BrokenPipeError:
        return CLOSED_PIPE  # whoever read it has had enough
    except OSError as e:
        # A full or read-only disk, a file that was taken away meanwhile: nothing that we could have known.
        print(visible(f"{typed(verb)}: {_refused(e)}"), file=sys.stderr)
        return BAD_INPUT
    except Exception:
        traceback.print_exc()
        print(f"{typed(verb)}: this is a bug of the capture package; please report the lines above", file=sys.stderr)
        return BUG


def _refused(e: OSError) -> str:
    place = f"{e.filename}: " if e.filename else "standard output or a file: " if e.errno == errno.ENOSPC else ""
    return f"{place}{e.strerror or e}; make room there, or choose another place"


def run() -> None:
    """Entry point of the process: a polite kill cleans up as an interrupt does."""
    interrupts.listen()
    interrupts.end_with_parent()
    code = main(sys.argv[1:])
    try:
        sys.stdout.flush()
    except OSError as e:
        code = code or (CLOSED_PIPE if e.errno == errno.EPIPE else BAD_INPUT)
        if code == BAD_INPUT:
            print(f"parity capture: standard output: {e.strerror}; send it where there is room", file=sys.stderr)
        os._exit(code)  # or the interpreter tries once more, and says so
    sys.stderr.flush()
    os._exit(code) if code == STOPPED else sys.exit(code)
