"""Prints what runs judged, one line a tensor, from their report.json; tools/judgement_table.sh calls it."""

import json
import signal
import sys
from pathlib import Path

# Reports before schema 2 had other words.
FORMER = {"GREEN": "PASS", "RED": "FAIL", "INHERITED": "INHERITED", "VACUOUS": "VACUOUS", "OPEN": "NOT_COMPARED"}


def status(tensor: dict) -> str:
    word = tensor.get("status") or tensor["standing"]
    word = FORMER.get(word, word)
    word = "SKIPPED" if tensor.get("verdict") == "Skipped" else word
    alone = tensor.get("isolated")
    return f"{word}, alone {status(alone)}" if alone else word


def figure(value: object) -> str:
    return f"{value:.6g}" if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


def figures(tensor: dict) -> str:
    """Sigma and the like with their limits, of the run as a whole and alone."""
    found = []

    def look(path: str, value: object) -> None:
        if isinstance(value, dict):
            for key in sorted(value):
                look(f"{path}.{key}" if path else key, value[key])
        elif any(path.endswith(name) for name in ("sigma", "limit", "worst_element", "worst_group")):
            found.append(f"{path}={figure(value)}")

    look("", tensor)
    return " ".join(found)


def lines(name: str, report: dict, stages_alone: bool) -> list[str]:
    table = []
    for stage in report["stages"]:
        first = stage.get("first_divergence")
        where = f"{first['module']} ({first['where']})" if first else "-"
        table.append(f"{name}\t{stage['name']}\t\t{stage['verdict']}\t{where}")
        if stages_alone:
            continue
        for control in stage.get("controls", []):
            table.append(f"{name}\t{stage['name']}\tcontrol: {control['fault']}\t{control['seen']}\t")
        for tensor in stage.get("tensors", []):
            table.append(f"{name}\t{stage['name']}\t{tensor['name']}\t{status(tensor)}\t{figures(tensor)}")
    return table


def main(arguments: list[str]) -> int:
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # whoever reads may have read enough
    stages_alone = arguments[:1] == ["--stages"]
    folders = arguments[1:] if stages_alone else arguments
    print("run\tstage\ttensor\tstatus\tfigures, or where the first divergence is")
    for folder in folders:
        path = Path(folder) / "report.json"
        if not path.is_file():
            print(f"{path}: no such file; give folders of results", file=sys.stderr)
            return 3
        for line in lines(Path(folder).name, json.loads(path.read_text(encoding="utf-8")), stages_alone):
            print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
