#!/usr/bin/env bash
# What a capture costs: upstream alone, captured without float64 truth, and with it, in turn; time and peak memory of
# the whole processes, loading included.
#
#   tools/bench_capture.sh [OUT_DIR]
#
# OUT_DIR is output/bench_capture by default; the captures are left there. From the environment:
#
#   MODEL_DIR            a CosyVoice3 release folder (needed)
#   COSYVOICE_DIR        an upstream checkout with third_party/Matcha-TTS (needed)
#   PYTHON               a Python with upstream's packages (default: python3)
#   PROMPT_WAV, TTS_TEXT, SEED, THREADS, RUNS
#                        samples/prompt.wav, "Hello! This is a test for parity verification.", 0, as many as there are
#                        processors, 1
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$root/tools/lib/arguments.sh"
parse_out_dir "${BASH_SOURCE[0]}" "${1:-$root/output/bench_capture}" "${@:2}"
require_folders "${BASH_SOURCE[0]}" MODEL_DIR COSYVOICE_DIR
mkdir -p "$out"
cat "$MODEL_DIR"/*.pt >/dev/null # into the page cache, for all sides
PYTHONPATH=$root/capture/src exec "${PYTHON:-python3}" "$root/tools/bench/bench_capture.py" "$MODEL_DIR" \
  "${PROMPT_WAV:-$root/samples/prompt.wav}" "${TTS_TEXT:-Hello! This is a test for parity verification.}" "${SEED:-0}" \
  "${THREADS:-$(getconf _NPROCESSORS_ONLN)}" "${RUNS:-1}" "$out"
