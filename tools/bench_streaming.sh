#!/usr/bin/env bash
# Flow and HiFT at once and in chunks, Java and upstream's Python on the same inputs: seconds, peak memory, ratios.
#
#   tools/bench_streaming.sh [OUT_DIR]
#
# OUT_DIR is output/bench by default. All ways run in turn, each in a process of its own: Java at once, in chunks
# as upstream does it (recomputed), in chunks that end as upstream's do (whole), and in blocks to the end (blocks).
# From the environment:
#
#   MODEL_DIR            a CosyVoice3 release folder (needed)
#   COSYVOICE_DIR        an upstream checkout with third_party/Matcha-TTS (needed)
#   PYTHON               a Python with upstream's packages (default: python3); it makes the inputs too
#   TOKENS, PROMPT_TOKENS, THREADS
#                        500 (20 s), 150 (6 s), and as many threads as there are processors
#   STEPS                Euler steps (default: 10). Flow's time is in proportion to them, so that with fewer the
#                        totals printed are of 10 all the same; the memory is of those that ran
#   WAYS                 which to run (default: once recomputed whole blocks python python_chunks)
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$root/tools/lib/arguments.sh"
parse_out_dir "${BASH_SOURCE[0]}" "${1:-$root/output/bench}" "${@:2}"
require_folders "${BASH_SOURCE[0]}" MODEL_DIR COSYVOICE_DIR
python=${PYTHON:-python3} threads=${THREADS:-$(getconf _NPROCESSORS_ONLN)} steps=${STEPS:-10}
mkdir -p "$out"
upstream() {
  "$python" "$root/tools/bench/bench_upstream.py" "$MODEL_DIR" "$out/inputs.safetensors" "$out/python.safetensors" \
    --threads "$threads" --n-timesteps "$steps" "$@" 2>"$out/python.log" \
    || { tail -n 5 "$out/python.log" >&2 && exit 4; }
}
java() {
  "$root/parity" bench --json --threads "$threads" --n-timesteps "$steps" --model-dir "$MODEL_DIR" \
    --inputs "$out/inputs.safetensors" "$@"
}
upstream --make-inputs --tokens "${TOKENS:-500}" --prompt-tokens "${PROMPT_TOKENS:-150}"
cat "$MODEL_DIR"/flow.pt "$MODEL_DIR"/hift.pt >/dev/null # into the page cache, for both sides
: >"$out/streaming.jsonl"
for way in ${WAYS:-once recomputed whole blocks python python_chunks}; do
  echo "==> $way" >&2
  case $way in
    once) java ;;
    recomputed | whole | blocks) java --streamed "${way^^}" ;;
    python) upstream ;;
    python_chunks) upstream --streamed ;;
    *) echo "$(basename "$0"): WAYS $way: no such way (see --help)" >&2 && exit 3 ;;
  esac | sed "s/^{/{\"way\": \"$way\", \"steps\": $steps, /" >>"$out/streaming.jsonl"
done
"$python" "$root/tools/bench/streaming_summary.py" "$out/streaming.jsonl"
