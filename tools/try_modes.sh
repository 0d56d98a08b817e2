#!/usr/bin/env bash
# Every mode on recordings of one's own: captures, compares, and prints a line each and a table at the end.
#
#   tools/try_modes.sh MODEL_DIR OUT_DIR WAV...
#
# Each WAV is the prompt of zero-shot, cross-lingual and instruct2; the last WAV is converted to the voice of
# the first (vc). Each streamed and not, to OUT_DIR/NAME_OF_WAV-MODE[-streaming]. A capture that is there
# already is compared as it is. From the environment: COSYVOICE_DIR and PARITY_PYTHON as for ./parity capture,
# CAPTURE_OPTIONS more options for it, blanks between (e.g. "--taps all --seed 3").
#
# Exit: the worst of all, in this order: 0 parity holds, 2 inconclusive, 1 it does not, 3 bad input, 4 a bug.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$root/tools/lib/arguments.sh"
case ${1:-} in
  -h | --help) show_help "${BASH_SOURCE[0]}" && exit 0 ;;
esac
if [ $# -lt 3 ]; then
  echo "try_modes.sh: $# arguments; they are MODEL_DIR OUT_DIR WAV... (see --help)" >&2
  exit 3
fi
model=$1 out=$2
shift 2
folders=() worst=0
read -ra more <<<"${CAPTURE_OPTIONS:-}"

# Of two exit codes the worse one.
worse_of() {
  local ranks=(0 2 1 3 4)
  if [ "${ranks[$1]:-5}" -ge "${ranks[$2]:-5}" ]; then echo "$1"; else echo "$2"; fi
}

try() { # WAV MODE OPTIONS...
  local wav=$1 mode=$2 name status=0 start=$SECONDS did="compared"
  shift 2
  name=$(basename "${wav%.*}")-$mode
  case " $* " in *" --streaming "*) name+=-streaming ;; esac
  local folder=$out/$name
  folders+=("$folder")
  mkdir -p "$folder"
  if [ ! -f "$folder/debug_artifacts.safetensors" ]; then
    did="captured and compared"
    "$root/parity" capture --model-dir "$model" --prompt-wav "$wav" --mode "$mode" --out "$folder" "$@" \
      ${more[@]+"${more[@]}"} >"$folder/capture.log" 2>&1 || status=$?
  fi
  if [ "$status" -eq 0 ]; then
    "$root/parity" run --model-dir "$model" --artifacts "$folder" --prompt-wav "$wav" --out "$folder" \
      ${source[@]+"${source[@]}"} >"$folder/run.log" 2>&1 || status=$?
    tail -n 1 "$folder/run.log" | sed "s|^|$name: |; s|\$|, $did in $((SECONDS - start)) s|"
  else
    echo "$name: capture exit $status: $(tail -n 1 "$folder/capture.log")"
  fi
  [ "$status" -ne 130 ] || exit 130
  worst=$(worse_of "$status" "$worst")
}

for streaming in "" --streaming; do
  source=()
  for wav in "$@"; do
    for mode in zero-shot cross-lingual instruct2; do
      try "$wav" "$mode" $streaming
    done
  done
  source=(--source-wav "${!#}")
  try "$1" vc "${source[@]}" $streaming
done
echo
"${PARITY_PYTHON:-python3}" "$root/tools/bench/modes.py" "${folders[@]}"
exit "$worst"
