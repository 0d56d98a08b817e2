#!/usr/bin/env bash
# The whole harness: what Python computed against the native side, stage by stage.
#
#   tools/run_parity_harness.sh [OUT_DIR]
#
# With nothing set it runs on samples/, whose weights are random: no Python, no download but Maven's.
# OUT_DIR is output/benchmarks/YYYY-MM-DD by default. From the environment:
#
#   MODEL_DIR            a CosyVoice3 release folder
#   PROMPT_WAV           the recording that the capture was made with
#   FRONTEND_ARTIFACTS   its frontend_artifacts.safetensors (default: in OUT_DIR)
#   FULL_ARTIFACTS       its debug_artifacts.safetensors (default: in OUT_DIR)
#   SKIP_NATIVE_FRONTEND, SKIP_NATIVE_LLM, SKIP_NATIVE_FLOW, SKIP_NATIVE_HIFT
#                        1 skips the stage; the run is then inconclusive at best
#
# Exit: 0 parity holds, 1 it does not, 2 inconclusive, 3 bad input, 4 a bug of ours.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$root/tools/lib/arguments.sh"
parse_out_dir "${BASH_SOURCE[0]}" "$@"
status=0
if [ -n "${MODEL_DIR:-}" ]; then
  "$root/parity" run --model-dir "$MODEL_DIR" --artifacts "$out" --out "$out" || status=$?
else
  "$root/parity" run --out "$out" || status=$?
fi
[ "$status" -ge 3 ] || echo "Parity artifacts and logs saved to: $out"
exit "$status"
