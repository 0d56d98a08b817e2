#!/usr/bin/env bash
# Flow and HiFT, Java and upstream's Python in turn on the same inputs, three runs each: seconds, peak memory, ratios.
#
#   tools/bench_full_size.sh [OUT_DIR]
#
# OUT_DIR is output/bench by default. From the environment:
#
#   MODEL_DIR            a CosyVoice3 release folder (needed)
#   COSYVOICE_DIR        an upstream checkout with third_party/Matcha-TTS (needed)
#   PYTHON               a Python with upstream's packages (default: python3)
#   TOKENS, PROMPT_TOKENS, RUNS, THREADS
#                        250, 150 (6 s), 3, and as many threads as there are processors
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$root/tools/lib/arguments.sh"
parse_out_dir "${BASH_SOURCE[0]}" "${1:-$root/output/bench}" "${@:2}"
require_folders "${BASH_SOURCE[0]}" MODEL_DIR COSYVOICE_DIR
python=${PYTHON:-python3} threads=${THREADS:-$(getconf _NPROCESSORS_ONLN)}
mkdir -p "$out"
upstream() {
  "$python" "$root/tools/bench/bench_upstream.py" "$MODEL_DIR" "$out/inputs.safetensors" "$out/python.safetensors" \
    --threads "$threads" "$@" 2>"$out/python.log" || { tail -n 5 "$out/python.log" >&2 && exit 4; }
}
upstream --make-inputs --tokens "${TOKENS:-250}" --prompt-tokens "${PROMPT_TOKENS:-150}"
cat "$MODEL_DIR"/flow.pt "$MODEL_DIR"/hift.pt >/dev/null # into the page cache, for both sides
: >"$out/runs.jsonl"
for run in $(seq "${RUNS:-3}"); do
  echo "==> Run $run: Python, then Java" >&2
  upstream | sed 's/^{/{"side": "python", /' >>"$out/runs.jsonl"
  "$root/parity" bench --json --threads "$threads" --model-dir "$MODEL_DIR" --inputs "$out/inputs.safetensors" \
    --expected "$out/python.safetensors" | sed 's/^{/{"side": "java", /' >>"$out/runs.jsonl"
done
"$python" "$root/tools/bench/summary.py" "$out/runs.jsonl"
grep -m 1 '"side": "java"' "$out/runs.jsonl"
