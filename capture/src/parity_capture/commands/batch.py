"""`parity capture batch`: captures one after the other by one loaded upstream. `parity capture suite` asks for them."""

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from parity_capture.commands import capture, options
from parity_capture.commands.arguments import Parser
from parity_capture.errors import CaptureError
from parity_capture.upstream import environment
from parity_capture.upstream.request import Request
from parity_capture.visible import visible


def main(arguments: Sequence[str]) -> int:
    """Parse, check, capture them all; what cannot be captured is left out with a line that says why."""
    parser = Parser("batch", "Captures one after the other with one loaded model: what parity capture suite asks for.")
    parser.add_argument(
        "file", metavar="FILE", type=Path, help="JSON: a list of lists of options, each as of a parity capture"
    )
    parser.add_argument("--cosyvoice-dir", metavar="DIR", help="an upstream checkout (default: $COSYVOICE_DIR)")
    given = parser.parsed(arguments)
    wanted = [options.request(capture.parser().parsed(each)) for each in _lists(given.file)]
    upstream = environment.Upstream.find(given.cosyvoice_dir)
    environment.require_packages()
    upstream.activate()
    from parity_capture.upstream.session import Session

    with Path(os.devnull).open("w") as nowhere:
        session: Session | None = None
        for number, request in enumerate(wanted, 1):
            if session is None or not _alike(session.request, request):
                session = Session(request, upstream, nowhere)
            said = "captured"
            try:
                session.run(request.completed()[0])
            except CaptureError as e:
                said = f"left out: {e}"
            print(visible(f"    {number} of {len(wanted)}: {request.out.name}: {said}"), file=sys.stderr, flush=True)
    return 0


def _alike(one: Request, other: Request) -> bool:
    """Whether one loaded model serves both."""
    return (one.model_dir, one.threads) == (other.model_dir, other.threads)


def _lists(file: Path) -> list[list[str]]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except OSError as e:
        raise CaptureError(f"{file}: cannot be read ({e.strerror}); give a file of options as JSON") from e
    except ValueError as e:
        raise CaptureError(f"{file}: is not JSON; give a list of lists of options") from e
    if not (isinstance(found, list) and found and all(map(_is_options, found))):
        raise CaptureError(f"{file}: expected a list of lists of options; give at least one")
    return found


def _is_options(each: object) -> bool:
    return isinstance(each, list) and all(isinstance(word, str) for word in each)
