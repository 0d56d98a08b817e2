"""Time whole processes in turn: upstream alone, captured without truth, captured with it. Called by bench_capture.sh.

    python bench_capture.py MODEL_DIR PROMPT_WAV TTS_TEXT SEED THREADS RUNS OUT_DIR
"""

import json
import os
import pathlib
import statistics
import sys
import time

from parity_capture.commands.options import PROMPT_TEXT

HERE = pathlib.Path(__file__).parent


def run(command, log):
    """Seconds and peak memory in GB of a process that must succeed."""
    start = time.perf_counter()
    process = os.fork()
    if process == 0:
        file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(file, 1)
        os.dup2(file, 2)
        os.execv(command[0], command)
    _, status, usage = os.wait4(process, 0)
    if status:
        sys.exit(f"{' '.join(command)}: failed, see {log}")
    return time.perf_counter() - start, usage.ru_maxrss / 2**20


def main():
    model_dir, wav, text, seed, threads, runs, out = sys.argv[1:]
    capture = [sys.executable, "-m", "parity_capture", "capture", "--model-dir", model_dir, "--prompt-wav", wav,
               "--tts-text", text, "--seed", seed, "--threads", threads, "--taps", "boundary"]
    sides = {
        "uncaptured": [sys.executable, f"{HERE}/speak_upstream.py", model_dir, wav, PROMPT_TEXT, text, seed, threads],
        "captured": [*capture, "--no-truth", "--out", f"{out}/without_truth"],
        "with_truth": [*capture, "--out", f"{out}/with_truth"],
    }
    seen = {side: [] for side in sides}
    for i in range(int(runs)):
        for side, command in sides.items():
            print(f"==> Run {i + 1}: {side}", file=sys.stderr)
            seen[side].append(run(command, f"{out}/{side}.log"))
            print("    {:.1f} s, {:.2f} GB at its peak".format(*seen[side][-1]), file=sys.stderr)
    for side, figures in seen.items():
        seconds, memory = zip(*figures)
        print(json.dumps({
            "side": side,
            "seconds": [round(s, 1) for s in seconds],
            "median": round(statistics.median(seconds), 1),
            "ratio": round(statistics.median(seconds) / statistics.median(s for s, _ in seen["uncaptured"]), 2),
            "peak_gb": round(max(memory), 2),
        }))


if __name__ == "__main__":
    main()
