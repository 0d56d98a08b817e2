"""`parity capture faulty`: capture upstream with a fault put in on purpose."""

import json
from collections.abc import Sequence
from dataclasses import asdict

from parity_capture.commands import capture, options
from parity_capture.commands.arguments import Parser
from parity_capture.faulty.faults import FAULTS

VERB = "faulty"
LIST_HELP = "print the kinds and by which tensors a harness may name each, with --json as JSON, and end"
KIND_HELP = "the fault: " + "; ".join(f"{fault.kind}: {fault.says}" for fault in FAULTS.values())


def main(arguments: Sequence[str]) -> int:
    """Parse, and list or capture."""
    if "--list" in arguments:
        return _list(arguments)
    parser = Parser(
        VERB,
        "Captures upstream with a fault put in on purpose: a port that is right must be found to differ from it, and "
        "where. tools/try_faulty_references.sh tries them all.",
    )
    parser.add_argument("--list", action="store_true", help=LIST_HELP)
    parser.add_choice("--kind", FAULTS, metavar="KIND", required=True, help=KIND_HELP)
    options.add_options(parser)
    given = parser.parsed(arguments)
    return capture.capture(given, given.kind)


def _list(arguments: Sequence[str]) -> int:
    parser = Parser(VERB, "Lists the faults that there are.")
    parser.add_argument("--list", action="store_true", required=True, help=LIST_HELP)
    parser.add_argument("--json", action="store_true", help="print JSON")
    if parser.parsed(arguments).json:
        print(json.dumps({"faults": [asdict(fault) for fault in FAULTS.values()]}, indent=2))
        return 0
    for fault in FAULTS.values():
        print(f"{fault.kind:28} {fault.says}; named by {', '.join(fault.expected)}")
    return 0
