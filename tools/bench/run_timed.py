"""Time a process as a whole, or sum up such times.

    python run_timed.py SIDE COMMAND...       # {"side": SIDE, "seconds": s, "processor": s, "peak_mb": MB}
    python run_timed.py --summary RUNS        # medians, and how many times faster parity is, pair by pair
"""

import json
import resource
import statistics
import subprocess
import sys
import time


def timed(side, command):
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    seconds = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    figures = {"seconds": seconds, "processor": used.ru_utime + used.ru_stime, "peak_mb": used.ru_maxrss / 1024}
    return {"side": side} | figures


def summary(runs):
    sides = {side: [run for run in runs if run["side"] == side] for side in ("numpy", "parity")}
    for side, of_side in sides.items():
        seconds, processor, peak = ([run[key] for run in of_side] for key in ("seconds", "processor", "peak_mb"))
        print(
            f"  {side:7} {statistics.median(seconds):6.2f} s ({min(seconds):.2f} to {max(seconds):.2f})"
            f"   processor {statistics.median(processor):6.2f} s   peak {statistics.median(peak):5.0f} MB"
        )
    ratios = [a["seconds"] / b["seconds"] for a, b in zip(sides["numpy"], sides["parity"])]
    print(f"  faster  {statistics.median(ratios):6.2f} times ({min(ratios):.2f} to {max(ratios):.2f})")


def main():
    if sys.argv[1] == "--summary":
        with open(sys.argv[2]) as f:
            summary([json.loads(line) for line in f])
    else:
        print(json.dumps(timed(sys.argv[1], sys.argv[2:])))


if __name__ == "__main__":
    main()
