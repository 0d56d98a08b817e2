#!/usr/bin/env bash
# `./parity diff` and a NumPy script in turn on two files of 1 GB of float32: seconds, processor seconds, peak memory,
# and how many times faster; once with one tensor, once with a thousand.
#
#   tools/bench_diff.sh [OUT_DIR]
#
# OUT_DIR (output/bench_diff by default) takes 4.3 GB; files that are there are used again. From the environment:
#
#   PYTHON    a Python with numpy and safetensors (default: the one that checks the Python sources)
#   RUNS      5
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$root/tools/lib/arguments.sh"
. "$root/tools/lib/python.sh"
parse_out_dir "${BASH_SOURCE[0]}" "${1:-$root/output/bench_diff}" "${@:2}"
if [ -n "${PYTHON:-}" ]; then python=$PYTHON; else find_checking_python "$root" || exit 3; fi
mkdir -p "$out"
for kind in one many; do
  if [ ! -e "$out/$kind.actual.safetensors" ]; then
    "$python" "$root/tools/bench/numpy_diff.py" --make "$kind" "$out"
  fi
  expected=$out/$kind.expected.safetensors actual=$out/$kind.actual.safetensors
  cat "$expected" "$actual" >/dev/null # into the page cache, for both sides
  "$root/parity" diff "$expected" "$actual" >"$out/$kind.parity.txt" # builds, if it must
  : >"$out/$kind.runs.jsonl"
  for _ in $(seq "${RUNS:-5}"); do
    "$python" "$root/tools/bench/run_timed.py" numpy "$python" "$root/tools/bench/numpy_diff.py" "$expected" "$actual"
    "$python" "$root/tools/bench/run_timed.py" parity "$root/parity" diff "$expected" "$actual"
  done >>"$out/$kind.runs.jsonl"
  echo "$kind tensor(s), $(uname -m), $(grep -qw avx512f /proc/cpuinfo 2>/dev/null && echo AVX-512 || echo "no AVX-512"):"
  "$python" "$root/tools/bench/run_timed.py" --summary "$out/$kind.runs.jsonl"
done
