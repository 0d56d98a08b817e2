"""Print what runs of the harness found: a line a folder, and by stage its verdict and the tensor nearest its limit.

    python modes.py FOLDER...
"""

import json
import sys
from pathlib import Path
from typing import Any


def nearest(stage: dict[str, Any]) -> str:
    """The tensor with the largest part of its limit used up."""
    judged = [t for t in stage.get("tensors", []) if t.get("limit", 0) > 0 and "relative_l2" in t]
    if not judged:
        return ""
    worst = max(judged, key=lambda t: float(t["relative_l2"]) / t["limit"])
    return f"{float(worst['relative_l2']) / worst['limit']:.2f} of its limit: {worst['name']}"


def main() -> None:
    """Print the table."""
    for folder in map(Path, sys.argv[1:]):
        report = folder / "report.json"
        if not report.is_file():
            print(f"{folder.name}\n  no report")
            continue
        found = json.loads(report.read_text(encoding="utf-8"))
        print(f"{folder.name} {found['verdict']}")
        for stage in found["stages"]:
            says = f"{stage['name']:9} {stage['verdict']:13} {nearest(stage) or stage['says']}"
            print(f"  {says}")


if __name__ == "__main__":
    main()
