"""Print what runs of the harness found: a line a folder, and by stage its verdict and the tensor nearest its limit.

    python modes.py FOLDER...
"""

import json
import sys
from pathlib import Path
from typing import Any


def used_up(tensor: dict[str, Any]) -> float:
    """How much of its limit a tensor takes: `limit` is on sigma where there is float64 truth, else on relative L2."""
    return float(tensor.get("sigma", tensor.get("relative_l2", 0))) / tensor["limit"]


def found_of(stage: dict[str, Any]) -> str:
    """What a stage says, and of one that passes the tensor with the most of its limit used up."""
    judged = [t for t in stage.get("tensors", []) if t.get("limit", 0) > 0]
    if stage["verdict"] != "PASS" or not judged:
        return str(stage["says"])
    worst = max(judged, key=used_up)
    return f"{used_up(worst):.2f} of its limit: {worst['name']}"


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
            print(f"  {stage['name']:9} {stage['verdict']:13} {found_of(stage)}")


if __name__ == "__main__":
    main()
