#!/usr/bin/env bash
# Makes the table of limits anew: captures of models with random weights, legal variants of upstream on what was
# captured, and how far these lie from float64 (docs/experiments/calibration.md).
#
#   tools/calibrate.sh OUT_DIR [WAV...]
#
# samples/prompt.wav speaks texts; each WAV speaks one too, streamed, and is converted, streamed, to the voice of the
# WAV before it. The longer the recordings, the more a table knows of what happens once in ten thousand frames. OUT_DIR
# gets models/, captures/, variants/ and limits.txt; what is there already is not made again. From the environment:
#
#   COSYVOICE_DIR  an upstream checkout with third_party/Matcha-TTS (needed)
#   PARITY_PYTHON  a Python with upstream's packages (default: that of the active virtual environment, else
#                  .venv/bin/python, which tools/setup_python.sh makes)
#   JOBS           how many variants, of one thread each, run at a time (default: as many as there are processors)
#
# Exit: 0 made, 3 bad input, 4 a bug of ours.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$root/tools/lib/arguments.sh"
case ${1:-} in
  -h | --help) show_help "${BASH_SOURCE[0]}" && exit 0 ;;
  "") echo "calibrate.sh: no argument; the first is OUT_DIR (see --help)" >&2 && exit 3 ;;
  -*) echo "calibrate.sh: $1: no such option; the first argument is OUT_DIR (see --help)" >&2 && exit 3 ;;
esac
out=$1
shift
for wav in "$@"; do
  [ -f "$wav" ] || { echo "calibrate.sh: $wav: no such file; after OUT_DIR come recordings (see --help)" >&2 && exit 3; }
done
prompt=$root/samples/prompt.wav
text="The quick brown fox jumps over the lazy dog, and then it rests. Nobody knows how long it will sleep there."
text+=" When the sun goes down, it wakes up and walks home through the quiet fields."
pairs=()
mkdir -p "$out/models" "$out/captures" "$out/variants"
"$root/parity" --version >/dev/null # built once, before several ask for it at a time

# MODEL VARIANTS NAME OPTIONS...: the capture MODEL-NAME, made with OPTIONS, and its variants.
calibrate() {
  local model=$1 variants=$2 name=$3 todo=$out/variants.todo variant
  shift 3
  local size=${model%%[0-9]*} capture=$out/captures/$model-$name
  [ -f "$out/models/$model/cosyvoice3.yaml" ] ||
    "$root/parity" capture make-model "$out/models/$model" --size "$size" --seed "${model#"$size"}"
  if [ ! -f "$capture/debug_artifacts.safetensors" ]; then
    # Two threads whatever the machine has: the variants have one, so that none of them repeats the capture.
    "$root/parity" capture --model-dir "$out/models/$model" --threads 2 --out "$capture" "$@"
  fi
  for variant in $variants; do
    pairs+=("$capture=$out/variants/$model-$name.$variant")
    [ -f "$out/variants/$model-$name.$variant/outputs.safetensors" ] || echo "$variant"
  done >"$todo"
  xargs -P "${JOBS:-$(getconf _NPROCESSORS_ONLN)}" -I '{}' "$root/parity" capture variant --capture "$capture" \
    --model-dir "$out/models/$model" --variant '{}' --out "$out/variants/$model-$name.{}" <"$todo"
  rm "$todo"
}

calibrate tiny7 "t1 nomkldnn plain flip phase libm avx2" zero-shot-all --prompt-wav "$prompt" --taps all
calibrate small11 "t1 nomkldnn plain flip libm" zero-shot-all --prompt-wav "$prompt" --taps all
calibrate tiny23 "t1 nomkldnn plain flip phase libm" vc-streaming --prompt-wav "$prompt" --mode vc \
  --source-wav "$prompt" --streaming
calibrate small47 "t1 nomkldnn plain flip libm avx2" instruct2 --prompt-wav "$prompt" --mode instruct2 \
  --tts-text "$text"
# Tiny models end their speech soon, so small ones speak.
speaking=(small11 small47) converting=(small11 small47 tiny7) voice=${!#} number=0
for wav in "$@"; do
  name=$(basename "${wav%.*}")
  calibrate "${speaking[number % 2]}" "t1 nomkldnn flip" "zero-shot-streaming-$name" --prompt-wav "$wav" --streaming \
    --tts-text "$text"
  calibrate "${converting[number % 3]}" "t1 nomkldnn flip phase avx2" "vc-streaming-$name" --prompt-wav "$voice" \
    --mode vc --source-wav "$wav" --streaming
  voice=$wav number=$((number + 1))
done
"$root/parity" calibrate --out "$out/limits.txt" "${pairs[@]}"
echo "==> $out/limits.txt; to judge by it, put it in place of harness/src/main/resources/parity/harness/limits.txt"
