#!/usr/bin/env bash
# The native side alone, on artifacts that are in OUT_DIR already (or where the environment says).
#
#   tools/run_native_parity_only.sh [OUT_DIR]
#
# OUT_DIR is output/benchmarks/YYYY-MM-DD by default. From the environment:
#
#   MODEL_DIR            the release folder of the capture (default: samples/model)
#   PROMPT_WAV           the recording of the capture (default: what it names, beside it or above it)
#   FRONTEND_ARTIFACTS   its frontend_artifacts.safetensors (default: in OUT_DIR)
#   FULL_ARTIFACTS       its debug_artifacts.safetensors (default: in OUT_DIR)
#   SKIP_NATIVE_TEXT, SKIP_NATIVE_FRONTEND, SKIP_NATIVE_LLM, SKIP_NATIVE_FLOW, SKIP_NATIVE_HIFT
#                        1 skips the stage; the run is then inconclusive at best
#
# Exit: 0 parity holds, 1 it does not, 2 inconclusive, 3 bad input, 4 a bug of ours.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$root/tools/lib/arguments.sh"
parse_out_dir "${BASH_SOURCE[0]}" "$@"
status=0
"$root/parity" run --model-dir "${MODEL_DIR:-$root/samples/model}" --artifacts "$out" --out "$out" \
  ${PROMPT_WAV:+--prompt-wav "$PROMPT_WAV"} || status=$?
[ "$status" -ge 3 ] || echo "Native parity logs saved to: $out"
exit "$status"
