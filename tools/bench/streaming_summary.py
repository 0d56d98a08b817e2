"""Print what a streaming benchmark measured, and each way's time as a multiple of the same side's time at once.

    python streaming_summary.py RUNS      # one line a run: {"way": "once" | "blocks" | ..., "steps": 10, "flow": seconds, ...}
"""

import json
import sys

STEPS = 10  # upstream's
AT_ONCE = {"python_chunks": "python"}


def total(run):
    return run["flow"] * STEPS / run["steps"] + run["hift"]


def main():
    with open(sys.argv[1]) as f:
        runs = {run["way"]: run for run in map(json.loads, f)}
    for way, run in runs.items():
        once = runs.get(AT_ONCE.get(way, way if way == "python" else "once"))
        ratio = f"{total(run) / total(once):5.2f}" if once else "    -"
        print(
            f"{way:14} flow {run['flow']:7.2f} s of {run['steps']} steps   hift {run['hift']:6.2f} s"
            f"   total {total(run):7.2f} s of {STEPS} steps   ratio {ratio}   peak {run['peak_gb']:.2f} GB"
        )


if __name__ == "__main__":
    main()
