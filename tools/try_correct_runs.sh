#!/usr/bin/env bash
# Runs the harness on captures that the native side must pass, with one thread and with two, and says which were red: none
# may be. Every run looks at the tapped graphs, at the untapped ones and at each module alone.
#
#   tools/try_correct_runs.sh OUT_DIR MODEL_DIR=CAPTURE_DIR...
#
# OUT_DIR gets a folder a run. A line a run: verdict, exit code, seconds, threads, capture.
#
# Exit: 0 all passed, 1 one did not, 3 bad input.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$root/tools/lib/arguments.sh"
case ${1:-} in
  -h | --help) show_help "${BASH_SOURCE[0]}" && exit 0 ;;
  "") echo "try_correct_runs.sh: no argument; the first is OUT_DIR (see --help)" >&2 && exit 3 ;;
  -*) echo "try_correct_runs.sh: $1: no such option; the first argument is OUT_DIR (see --help)" >&2 && exit 3 ;;
esac
out=$1
shift
[ $# -gt 0 ] || { echo "try_correct_runs.sh: after OUT_DIR come MODEL_DIR=CAPTURE_DIR (see --help)" >&2 && exit 3; }
for pair in "$@"; do
  [ -d "${pair%%=*}" ] && [ -d "${pair#*=}" ] ||
    { echo "try_correct_runs.sh: $pair: expected two folders, MODEL_DIR=CAPTURE_DIR" >&2 && exit 3; }
done
"$root/parity" --version >/dev/null # built, if it must be
runs=0 passed=0
for pair in "$@"; do
  for threads in 1 2; do
    runs=$((runs + 1)) start=$SECONDS code=0
    mkdir -p "$out/$runs"
    "$root/parity" run --model-dir "${pair%%=*}" --artifacts "${pair#*=}" --threads "$threads" --out "$out/$runs" \
      >"$out/$runs.log" 2>&1 || code=$?
    [ "$code" -ne 0 ] || passed=$((passed + 1))
    printf '%-14s %d %4d s, %d thread(s), %s\n' "$(tail -n 1 "$out/$runs.log" | cut -d ' ' -f 1)" "$code" \
      $((SECONDS - start)) "$threads" "${pair#*=}"
  done
done
echo "$passed of $runs passed"
[ "$passed" -eq "$runs" ]
