#!/usr/bin/env bash
# The language model, Java and upstream's Python in turn on the same prompt and tokens, three runs each: seconds to the first
# token, tokens per second after it, peak memory, ratios.
#
#   tools/bench_llm.sh [OUT_DIR]
#
# OUT_DIR is output/bench_llm by default. From the environment:
#
#   MODEL_DIR            a CosyVoice3 release folder (needed)
#   COSYVOICE_DIR        an upstream checkout with third_party/Matcha-TTS (needed)
#   PYTHON               a Python with upstream's packages (default: python3)
#   STEPS, PROMPT_TOKENS, RUNS, THREADS
#                        100, 150 (6 s), 3, and as many threads as there are processors
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$root/tools/lib/arguments.sh"
parse_out_dir "${BASH_SOURCE[0]}" "${1:-$root/output/bench_llm}" "${@:2}"
require_folders "${BASH_SOURCE[0]}" MODEL_DIR COSYVOICE_DIR
python=${PYTHON:-python3} threads=${THREADS:-$(getconf _NPROCESSORS_ONLN)}
mkdir -p "$out"
cat "$MODEL_DIR/llm.pt" >/dev/null # into the page cache, for both sides
: >"$out/runs.jsonl"
for run in $(seq "${RUNS:-3}"); do
  echo "==> Run $run: Python, then Java" >&2
  "$python" "$root/tools/bench/bench_upstream_llm.py" "$MODEL_DIR" "$out/python.safetensors" --steps "${STEPS:-100}" \
    --prompt-tokens "${PROMPT_TOKENS:-150}" --threads "$threads" 2>"$out/python.log" >"$out/python.json" ||
    { tail -n 5 "$out/python.log" >&2 && exit 4; }
  sed 's/^{/{"side": "python", /' "$out/python.json" >>"$out/runs.jsonl"
  "$root/parity" bench-llm --json --threads "$threads" --model-dir "$MODEL_DIR" --inputs "$out/python.safetensors" |
    sed 's/^{/{"side": "java", /' >>"$out/runs.jsonl"
done
"$python" "$root/tools/bench/summary.py" "$out/runs.jsonl"
grep -m 1 '"side": "java"' "$out/runs.jsonl"
