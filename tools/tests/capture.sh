#!/usr/bin/env bash
# Capturing, mostly with a script in Python's place that notes how it was called.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

fake=$scratch/fake-python
cat >"$fake" <<'FAKE'
#!/usr/bin/env bash
# Notes its arguments and what it finds in the environment in $NOTES, then does what $ACT says.
printf '%s\n' "$@" >"$NOTES/arguments"
printf '%s\n' "$PYTHONPATH" >"$NOTES/PYTHONPATH"
while [ $# -gt 1 ] && [ "$1" != --out ]; do shift; done
case ${ACT:-write} in
  write) mkdir -p "$2" && cp "$SAMPLE"/* "$2" ;;
  write-frontend) mkdir -p "$2" && cp "$SAMPLE"/frontend_artifacts.safetensors "$2" ;;
  wait)
    trap 'trap "" TERM INT; sleep 0.5; echo "cleaned up" >"$NOTES/end"; exit 130' TERM INT
    touch "$NOTES/started"
    for i in {1..600}; do sleep 0.1; done
    ;;
  read) cat ;;
  die) kill -KILL $$ ;;
  *) echo "parity capture: $ACT" >&2 && exit 3 ;;
esac
FAKE
chmod +x "$fake"
export NOTES=$scratch/notes SAMPLE=$root/samples/capture
mkdir "$NOTES"
model=$root/samples/model wav=$root/samples/prompt.wav
python=(env "PARITY_PYTHON=$fake")
whole=("${python[@]}" "MODEL_DIR=$model" "COSYVOICE_DIR=/upstream")
made=(--model-dir "$model" --cosyvoice-dir /upstream --prompt-wav)

# parity capture: what goes in and what comes out.
expect "arguments" 0 "" "${python[@]}" ACT=read LC_ALL=C "$root/parity" capture --tts-text "a  b" "" -- @file '*' 你好 </dev/null
says "arguments pass unchanged" "$NOTES/arguments" -u -m parity_capture --tts-text "a  b" "" -- @file '*' 你好
expect "our sources come first" 0 "" "${python[@]}" PYTHONPATH=/theirs ACT=read "$root/parity" capture check </dev/null
says "our sources come first" "$NOTES/PYTHONPATH" "$root/capture/src:/theirs"
says "other commands pass too" "$NOTES/arguments" -u -m parity_capture check
stdin_of() { echo "what stands on stdin" | "$@"; }
expect "stdin and stdout are Python's" 0 "what stands on stdin" stdin_of "${python[@]}" ACT=read "$root/parity" capture
expect "bad input is handed through" 3 "parity capture: no such wav" "${python[@]}" ACT="no such wav" "$root/parity" capture
expect "a killed Python" 4 "killed by signal 9" "${python[@]}" ACT=die "$root/parity" capture
expect "the jar alone" 3 "its own words" "${python[@]}" ACT="its own words" "$JAVA_HOME/bin/java" -jar "$root/harness/target/parity.jar" capture

# Where Python is.
bare=(env -u VIRTUAL_ENV)
if [ -e "$root/.venv" ]; then
  skip 2 "no Python to be found (there is a .venv)"
else
  expect "no Python" 3 "run tools/setup_python.sh" "${bare[@]}" "$root/parity" capture --out x
  expect "help without a Python" 0 "tools/setup_python.sh makes one" "${bare[@]}" "$root/parity" capture --help
fi
expect "a Python that is not there" 3 "PARITY_PYTHON=/nowhere: no such program" env PARITY_PYTHON=/nowhere "$root/parity" capture
mkdir -p "$scratch/active/bin"
ln -s "$fake" "$scratch/active/bin/python"
expect "the active environment" 3 "it was found" env VIRTUAL_ENV="$scratch/active" ACT="it was found" "$root/parity" capture
if command -v python3 >/dev/null; then
  expect "Python's help" 0 "--prompt-wav" env PARITY_PYTHON=python3 "$root/parity" capture --help
fi

# ended NAME SIGNAL TARGET: SIGNAL to `parity capture` (one) or to it and its Python as a terminal does (all).
ended() {
  rm -f "$NOTES/started" "$NOTES/end"
  local job status=0
  set -m
  "${python[@]}" ACT=wait "$root/parity" capture 2>/dev/null &
  job=$!
  set +m
  while [ ! -e "$NOTES/started" ] && kill -0 "$job" 2>/dev/null; do sleep 0.1; done
  if [ "$3" = all ]; then kill "-$2" -- "-$job"; else kill "-$2" "$job"; fi
  wait "$job" || status=$?
  expect "$1: cleaned up before it ended" 0 "cleaned up" cat "$NOTES/end"
  expect "$1: exit code" 0 "" test "$status" -ge 128
}
ended "Ctrl-C" INT all
ended "a kill" TERM one

# run_parity_harness.sh: what is captured, and what is compared.
out="$scratch/captured here"
expect "capture and compare" 0 "Parity artifacts and logs saved to: $out" "${whole[@]}" "$run" "$out"
says "it captures with the defaults" "$NOTES/arguments" -u -m parity_capture "${made[@]}" "$wav" --out "$out"
holds "capture and compare" "$out" debug_artifacts.safetensors report.json
expect "all that can be set" 2 "Parity artifacts and logs saved to: elsewhere" env -C "$scratch" "${brief[@]}" "${whole[@]}" PROMPT_WAV="$wav" PROMPT_TEXT="-it says" \
  TTS_TEXT="to say" SEED=5 TAPS=all "$run" "elsewhere"
says "all that can be set" "$NOTES/arguments" -u -m parity_capture "${made[@]}" "$wav" --out elsewhere \
  "--prompt-text=-it says" "--tts-text=to say" --seed=5 --taps=all
cp -r "$out" "$scratch/before"
expect "a capture that fails" 3 "parity capture: no segment" "${whole[@]}" ACT="no segment" "$run" "$out"
expect "a capture that fails leaves all as it was" 0 "" diff -r "$scratch/before" "$out"
expect "a capture that dies" 4 "killed by signal 9" "${whole[@]}" ACT=die "$run" "$out"

rm -f "$NOTES/arguments"
expect "no Python with both skipped" 2 "==> Skipping Python full artifacts (LLM -> Flow -> HiFT) (SKIP_PY_FULL=1)" \
  "${brief[@]}" "${whole[@]}" SKIP_PY_FRONTEND=1 SKIP_PY_FULL=1 "$run" "$out"
absent "no Python with both skipped" "$NOTES/arguments"
expect "artifacts given are not captured" 0 "==> Skipping Python frontend artifacts (FRONTEND_ARTIFACTS=$SAMPLE" \
  "${whole[@]}" PROMPT_WAV="$wav" FRONTEND_ARTIFACTS="$SAMPLE/frontend_artifacts.safetensors" \
  FULL_ARTIFACTS="$SAMPLE/debug_artifacts.safetensors" "$run" "$scratch/given"
absent "artifacts given are not captured" "$NOTES/arguments"
expect "the full artifacts skipped" 2 "==> Skipping Python full artifacts (LLM -> Flow -> HiFT) (SKIP_PY_FULL=1)" \
  "${brief[@]}" "${whole[@]}" ACT=write-frontend SKIP_PY_FULL=1 "$run" "$out"
says "the full artifacts skipped" "$NOTES/arguments" -u -m parity_capture --skip-full "${made[@]}" "$wav" --out "$out"
expect "the frontend artifacts skipped" 3 "as told" "${whole[@]}" ACT="as told" SKIP_PY_FRONTEND=1 "$run" "$out"
says "the frontend artifacts skipped" "$NOTES/arguments" -u -m parity_capture --skip-frontend "${made[@]}" "$wav" --out "$out"
expect "artifacts given that are not there" 3 "FULL_ARTIFACTS=/nowhere: no such file" \
  "${whole[@]}" FULL_ARTIFACTS=/nowhere "$run" "$out"
expect "no upstream, but a capture" 2 "as COSYVOICE_DIR is not set" "${brief[@]}" MODEL_DIR="$model" "$run" "$out"
expect "no upstream and no capture" 3 "COSYVOICE_DIR is not set: set it to" env MODEL_DIR="$model" "$run" "$scratch/nothing"
expect "the recording given is compared" 3 "/nowhere.wav" env MODEL_DIR="$model" PROMPT_WAV=/nowhere.wav "$run" "$out"
expect "the recording given is compared alone" 3 "/nowhere.wav" env PROMPT_WAV=/nowhere.wav "$only" "$out"

# The real thing.
if [ -n "$upstream" ] && "$root/parity" capture check --cosyvoice-dir "$upstream" >/dev/null 2>&1; then
  export COSYVOICE_DIR=$upstream
  expect "a model is made" 0 "" "$root/parity" capture make-model "$scratch/model" --size tiny
  export MODEL_DIR=$scratch/model
  "$run" "$scratch/real" >"$scratch/real.log" 2>&1
  for line in "==> Generating Python frontend artifacts" "==> Generating Python full artifacts (LLM -> Flow -> HiFT)" \
    "PASS (exit 0)" "Parity artifacts and logs saved to: $scratch/real"; do
    expect "from the model to the verdict" 0 "$line" cat "$scratch/real.log"
  done
  cp "$wav" "$scratch/it's me.wav"
  (cd "$scratch" && "$root/parity" capture --prompt-wav "it's me.wav" --prompt-text "The quick brown fox jumps." \
    --out "my capture") >"$scratch/pasted.log" 2>&1
  expect "what a text lacks is added, and said" 0 "==> Added to --prompt-text: You are a helpful assistant.<|endofprompt|>" \
    cat "$scratch/pasted.log"
  expect "the command that a capture ends with, as printed" 0 "PASS (exit 0)" \
    env -C "$scratch" bash -c "$(tail -n 1 "$scratch/pasted.log")"
  unset MODEL_DIR
  unset COSYVOICE_DIR
else
  skip 1 "from the model to the verdict (needs COSYVOICE_DIR and a Python with upstream's packages)"
fi

tally
