#!/usr/bin/env bash
# Is the harness believed rightly when it says where the fault is? Puts every fault that there is into upstream, one at
# a time, captures that, compares with the native side as it is, and prints a table: what was named, and whether that
# is where the fault is. A capture without a fault goes first, and must be found right.
#
#   tools/try_faulty_references.sh OUT_DIR
#
# Each kind goes to OUT_DIR/KIND, the one without a fault to OUT_DIR/none; a capture that is there already is compared
# as it is. From the environment: COSYVOICE_DIR and PARITY_PYTHON as for ./parity capture, and
#
#   MODEL_DIR  a model folder (default: samples/model, a tiny one)
#   KINDS      the faults to try, blanks between (default: all of `./parity capture faulty --list`)
#   JOBS       how many captures, of one thread each, are made at a time (default: as many as there are processors)
#
# Exit: 0 every fault was found and named, 1 one was not, 3 bad input, 4 a bug of ours.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$root/tools/lib/arguments.sh"
. "$root/tools/lib/python.sh"
[ $# -ge 1 ] || { echo "try_faulty_references.sh: no argument; it is OUT_DIR (see --help)" >&2 && exit 3; }
parse_out_dir "${BASH_SOURCE[0]}" "$@"
find_capture_python "$root" || exit 3
export PYTHONPATH=$root/capture/src${PYTHONPATH:+:$PYTHONPATH} PYTHONDONTWRITEBYTECODE=1
model=${MODEL_DIR:-$root/samples/model} wav=$root/samples/prompt.wav
table=("$python" "$root/tools/bench/faults.py")
kinds=$("${table[@]}" kinds ${KINDS:-}) || exit 3
mkdir -p "$out"
"$root/parity" --version >/dev/null # built once, before several ask for it at a time

# Captures $1 from $root with $model and $wav to $out, and leaves what it said in capture.log.
capture() {
  local kind=$1 fault=()
  mkdir -p "$out/$kind"
  [ ! -f "$out/$kind/debug_artifacts.safetensors" ] || return 0
  [ "$kind" = none ] || fault=(faulty --kind "$kind")
  "$root/parity" capture ${fault[@]+"${fault[@]}"} --model-dir "$model" --prompt-wav "$wav" --threads 1 \
    --out "$out/$kind" >"$out/$kind/capture.log" 2>&1 ||
    echo "$kind: capture exit $?: $(tail -n 1 "$out/$kind/capture.log")"
}

export -f capture
export root out model wav
printf '%s\n' $kinds | xargs -P "${JOBS:-$(getconf _NPROCESSORS_ONLN)}" -I '{}' bash -c 'capture {}'
for kind in $kinds; do
  rm -f "$out/$kind/report.json"
  "$root/parity" run --model-dir "$model" --artifacts "$out/$kind" --prompt-wav "$wav" --out "$out/$kind" \
    >"$out/$kind/run.log" 2>&1 || :
done
exec "${table[@]}" table "$out" $kinds
