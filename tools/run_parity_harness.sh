#!/usr/bin/env bash
# The whole harness: upstream's Python computes, then the native side, and the two are compared.
#
#   tools/run_parity_harness.sh [OUT_DIR]
#
# With nothing set it runs on samples/, whose weights are random: no Python, no download but Maven's.
# OUT_DIR is output/benchmarks/YYYY-MM-DD by default. From the environment:
#
#   MODEL_DIR            a CosyVoice3 release folder; with it upstream is captured first, zero-shot
#   COSYVOICE_DIR        an upstream checkout with third_party/Matcha-TTS in it. Without it what is
#                        compared must be in OUT_DIR already
#   PARITY_PYTHON        a Python with upstream's packages (default: that of the active virtual
#                        environment, else .venv/bin/python, which tools/setup_python.sh makes)
#   PROMPT_WAV           a recording of the voice (default: samples/prompt.wav)
#   PROMPT_TEXT          what it says, the system prompt before it or not (default: that of samples/prompt.wav)
#   TTS_TEXT             what to say
#   SEED, TAPS           as --seed and --taps of ./parity capture (default: 0, boundary)
#   SKIP_PY_FRONTEND, SKIP_PY_FULL
#                        1 leaves that artifact in OUT_DIR as it is; both: no Python
#   FRONTEND_ARTIFACTS, FULL_ARTIFACTS
#                        files to compare with, which are then not captured
#   SKIP_NATIVE_TEXT, SKIP_NATIVE_FRONTEND, SKIP_NATIVE_LLM, SKIP_NATIVE_FLOW, SKIP_NATIVE_HIFT
#                        1 skips the stage; the run is then inconclusive at best
#
# Exit: 0 parity holds, 1 it does not, 2 inconclusive, 3 bad input, 4 a bug of ours.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$root/tools/lib/arguments.sh"
parse_out_dir "${BASH_SOURCE[0]}" "$@"

refuse() {
  echo "run_parity_harness.sh: $*" >&2
  exit 3
}

# What Python has to make, $missing of it not being in OUT_DIR yet.
frontend="Python frontend artifacts" full="Python full artifacts (LLM -> Flow -> HiFT)"
generate=0 skip=() options=() missing=()
plan() { # WHAT FILE VARIABLE_OF_FILE VARIABLE_TO_SKIP OPTION_TO_SKIP
  local given=${!3:-}
  if [ -n "$given" ]; then
    [ -f "$given" ] || refuse "$3=$given: no such file; unset $3 to have it captured"
    skip+=("$1 ($3=$given)") options+=("$5")
  elif [ "${!4:-}" = 1 ]; then
    skip+=("$1 ($4=1)") options+=("$5")
  else
    generate=1
    [ -f "$out/$2" ] || missing+=("$2")
  fi
}

compare=(--out "$out")
if [ -n "${MODEL_DIR:-}" ]; then
  plan "$frontend" frontend_artifacts.safetensors FRONTEND_ARTIFACTS SKIP_PY_FRONTEND --skip-frontend
  plan "$full" debug_artifacts.safetensors FULL_ARTIFACTS SKIP_PY_FULL --skip-full
  if [ "${#skip[@]}" -gt 0 ]; then
    printf '==> Skipping %s\n' "${skip[@]}"
  fi
  if [ "$generate" -eq 1 ] && [ -n "${COSYVOICE_DIR:-}" ]; then
    PROMPT_WAV=${PROMPT_WAV:-$root/samples/prompt.wav}
    options+=(--model-dir "$MODEL_DIR" --cosyvoice-dir "$COSYVOICE_DIR" --prompt-wav "$PROMPT_WAV" --out "$out")
    options+=(${PROMPT_TEXT:+"--prompt-text=$PROMPT_TEXT"} ${TTS_TEXT:+"--tts-text=$TTS_TEXT"})
    options+=(${SEED:+"--seed=$SEED"} ${TAPS:+"--taps=$TAPS"})
    "$root/parity" capture "${options[@]}" || exit
  elif [ "${#missing[@]}" -gt 0 ]; then
    refuse "$out has no ${missing[*]} to compare with, and COSYVOICE_DIR is not set: set it to a checkout of" \
      "FunAudioLLM/CosyVoice with third_party/Matcha-TTS in it to have them captured, or give an OUT_DIR that has them"
  elif [ "$generate" -eq 1 ]; then
    echo "==> Comparing with the artifacts in $out, as COSYVOICE_DIR is not set"
  fi
  compare+=(--model-dir "$MODEL_DIR" --artifacts "$out")
fi
if [ -n "${PROMPT_WAV:-}" ]; then
  compare+=(--prompt-wav "$PROMPT_WAV")
fi

status=0
"$root/parity" run "${compare[@]}" || status=$?
[ "$status" -ge 3 ] || echo "Parity artifacts and logs saved to: $out"
exit "$status"
