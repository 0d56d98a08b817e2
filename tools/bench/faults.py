"""Holds what runs of the harness named against the faults that were there.

    python faults.py kinds [KIND...]
    python faults.py table OUT_DIR KIND...

`kinds` prints the faults that are to be tried, all where none is named, after `none`; `table` prints, of each, what
OUT_DIR/KIND/report.json names, and ends with 1 if that is not where the fault is. The package of ../../capture must be
on PYTHONPATH.
"""

import json
import sys
from dataclasses import dataclass
from pathlib import Path

from parity_capture.faulty.faults import FAULTS

NONE = "none"
FAIL, BAD_INPUT = 1, 3


@dataclass(frozen=True)
class Row:
    """What was found of one capture."""

    kind: str
    exit_code: str
    named: list[str]
    right: bool

    def __str__(self) -> str:
        """As a line of the table; the expected names where another was named."""
        line = (
            f"{self.kind:28} {self.exit_code:>4}  {'right' if self.right else 'WRONG'}  {', '.join(self.named) or '-'}"
        )
        if self.right:
            return line
        expected = ", ".join(FAULTS[self.kind].expected) if self.kind in FAULTS else "exit 0"
        return f"{line}\n{'':43}expected: {expected}"


def row(folder: Path) -> Row:
    """Read what the run of one capture found."""
    kind, report = folder.name, folder / "report.json"
    if not report.is_file():
        return Row(kind, "-", ["no report"], False)
    found = json.loads(report.read_text(encoding="utf-8"))
    firsts = [stage["first_divergence"] for stage in found["stages"] if stage["verdict"] == "FAIL"]
    named = [first["module"] if first else "nothing" for first in firsts]
    glue = [bool(first) and first["where"] == "glue" for first in firsts]
    shown = [f"{name} (glue)" if joins else name for name, joins in zip(named, glue, strict=True)]
    if kind == NONE:
        right = found["exit_code"] == 0
    else:
        right = found["exit_code"] == FAIL and bool(named) and all(map(FAULTS[kind].named_by, named))
    return Row(kind, str(found["exit_code"]), shown, right)


def main(arguments: list[str]) -> int:
    """Print what was asked for."""
    verb, *rest = arguments
    if verb == "kinds":
        unknown = [kind for kind in rest if kind not in FAULTS]
        if unknown:
            print(f"KINDS {' '.join(unknown)}: no such fault; there are {', '.join(FAULTS)}", file=sys.stderr)
            return BAD_INPUT
        print("\n".join([NONE, *(rest or FAULTS)]))
        return 0
    out, *kinds = rest
    rows = [row(Path(out) / kind) for kind in kinds]
    print(f"{'fault':28} exit  {'named':5}  first divergence of each stage that fails")
    print("\n".join(map(str, rows)))
    wrong = sum(not r.right for r in rows)
    print(f"{len(rows) - wrong} of {len(rows)} right")
    return FAIL if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
