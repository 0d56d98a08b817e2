"""Print the runs of a benchmark, their medians, and the ratios Java / Python pair by pair.

    python summary.py RUNS      # one line a run: {"side": "java" | "python", "flow": seconds, ...}
"""

import json
import statistics
import sys

FIGURES = {"flow": "s", "hift": "s", "prompt": "s", "tokens_per_s": "/s", "ready": "s", "peak_gb": "GB"}


def main():
    with open(sys.argv[1]) as f:
        runs = [json.loads(line) for line in f]
    sides = {side: [run for run in runs if run["side"] == side] for side in ("java", "python")}
    for name, unit in FIGURES.items():
        if name not in runs[0]:
            continue
        java, python = ([run[name] for run in sides[side]] for side in ("java", "python"))
        ratios = [a / b for a, b in zip(java, python)]
        print(
            f"{name:12} java {statistics.median(java):7.2f} {unit} ({min(java):.2f} to {max(java):.2f})"
            f"   python {statistics.median(python):7.2f} {unit} ({min(python):.2f} to {max(python):.2f})"
            f"   ratio {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"
        )


if __name__ == "__main__":
    main()
