"""`parity capture`: run upstream once and write what it computed."""

import argparse
import contextlib
import json
import sys
from typing import TextIO

from parity_capture.commands import compare, many, options
from parity_capture.commands.arguments import Parser
from parity_capture.commands.compare import Made
from parity_capture.errors import CaptureError, NothingSaidError
from parity_capture.upstream import environment
from parity_capture.visible import visible


def parser() -> Parser:
    """All options."""
    p = Parser(
        "capture",
        "Runs upstream CosyVoice3 once and writes what every module read and wrote, with the rounding error of each in "
        "float64.",
    )
    p.epilog = (
        "Other commands: parity capture make-model | suite | batch | make-samples | variant | faulty | texts | check, "
        "each with --help. Exit: 0 done, 3 wrong usage or bad input, 4 a bug of ours."
    )
    options.add_options(p)
    return p


def main(arguments: list[str]) -> int:
    """Parse, check, capture."""
    return capture(parser().parsed(arguments))


def capture(given: argparse.Namespace, fault: str = "") -> int:
    """Capture upstream, or upstream with a fault put in, and say how to compare it."""
    log = sys.stderr if given.json else sys.stdout
    made = captured(given, log, fault)
    print("==> Compare it:", *compare.commands(given.out, made), sep="\n    ", file=log)
    if given.json:
        folders = [folder for each in made for folder in each.folders]
        files = {str(f): {p.name: p.stat().st_size for p in sorted(f.iterdir()) if p.is_file()} for f in folders}
        print(json.dumps({"captures": files}, indent=2))
    return 0


def captured(given: argparse.Namespace, log: TextIO, fault: str = "") -> list[Made]:
    """Capture what the options ask for; `log` gets a line a step."""
    upstream = environment.Upstream.find(given.cosyvoice_dir)
    environment.require_packages()
    asked = options.request(given, fault)
    wanted = many.requests(asked, many.texts(given.texts) if given.texts else [], given.seeds or [])
    completed = [each.completed() for each in wanted]
    for added in dict.fromkeys(added for _, added in completed if added):
        print(visible(f"==> Added to {added}"), file=log)
    upstream.activate()
    from parity_capture.upstream.session import Session

    session = Session(asked, upstream, log)
    made: list[Made] = []
    for each, _ in completed:
        try:
            made.append(Made(each, session.run(each)))
        except NothingSaidError as e:
            if len(wanted) == 1:
                raise
            with contextlib.suppress(OSError):
                each.out.rmdir()
            print(visible(f"==> Left out {each.out}: {e}"), file=log)
            continue
        for folder in made[-1].folders:
            print(visible(f"==> Captured to {folder}"), file=log)
    if not made:
        raise CaptureError(f"--seeds: {asked.model_dir} says nothing with any of them; give others")
    return made
