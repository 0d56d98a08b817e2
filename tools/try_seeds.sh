#!/usr/bin/env bash
# Has upstream speak several texts with several seeds, and then Java: does it draw the same tokens, to the stop?
#
#   tools/try_seeds.sh OUT_DIR MODEL_DIR WAV
#
# OUT_DIR/captures gets a folder a text and seed, OUT_DIR/runs the results. A line a capture: verdict, and where a token is
# another, how near the choice was (docs/verdict.md, "Sampling"); the last line counts. A seed that ends before it says
# anything is left out. From the environment:
#
#   COSYVOICE_DIR        an upstream checkout with third_party/Matcha-TTS (needed)
#   SEEDS, TEXTS         0-19, and tools/texts.txt: a text a line
#   STAGES               what is compared (default: text,llm,end_to_end)
#   CAPTURE_OPTIONS      more for `parity capture` (default: --taps none --no-truth --skip-frontend)
#   THREADS              as many as there are processors
#
# Captures that are there already are not made again. Exit: 0 all passed, 1 one is wrong, 2 rounding explains all that is
# not the same, 3 bad input.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$root/tools/lib/arguments.sh"
case ${1:-} in
  -h | --help) show_help "${BASH_SOURCE[0]}" && exit 0 ;;
  "") echo "try_seeds.sh: no argument; the first is OUT_DIR (see --help)" >&2 && exit 3 ;;
  -*) echo "try_seeds.sh: $1: no such option; the first argument is OUT_DIR (see --help)" >&2 && exit 3 ;;
esac
[ $# -eq 3 ] || { echo "try_seeds.sh: expected OUT_DIR MODEL_DIR WAV, found $# arguments (see --help)" >&2 && exit 3; }
out=$1 model=$2 wav=$3
[ -d "$model" ] || { echo "try_seeds.sh: $model: no such folder; give a release folder (see --help)" >&2 && exit 3; }
threads=${THREADS:-$(getconf _NPROCESSORS_ONLN)}
read -ra options <<<"${CAPTURE_OPTIONS---taps none --no-truth --skip-frontend}"
if [ ! -d "$out/captures" ]; then
  "$root/parity" capture --model-dir "$model" --prompt-wav "$wav" --threads "$threads" --seeds "${SEEDS:-0-19}" \
    --texts "${TEXTS:-$root/tools/texts.txt}" "${options[@]}" --out "$out/captures.unfinished" >&2
  # Where stages that listen look for it.
  cp "$wav" "$out/captures.unfinished/"
  mv "$out/captures.unfinished" "$out/captures"
fi
exec "$root/parity" many --model-dir "$model" --captures "$out/captures" --out "$out/runs" --stages "${STAGES:-text,llm,end_to_end}" \
  --threads "$threads"
