#!/usr/bin/env bash
# Makes the sample anew: a tiny model with random weights, and what upstream computes with it and samples/prompt.wav.
#
#   tools/make_samples.sh [OUT_DIR]
#
# OUT_DIR is samples by default; prompt.wav must be in it. From the environment:
#
#   COSYVOICE_DIR  an upstream checkout with third_party/Matcha-TTS (needed)
#   PARITY_PYTHON  a Python with upstream's packages (default: that of the active virtual environment, else
#                  .venv/bin/python, which tools/setup_python.sh makes)
#
# Exit: 0 made, 3 bad input, 4 a bug of ours.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$root/tools/lib/arguments.sh"
. "$root/tools/lib/python.sh"
parse_out_dir "${BASH_SOURCE[0]}" "$@"
[ $# -eq 1 ] || out=$root/samples
find_capture_python "$root" || exit 3
PYTHONPATH=$root/capture/src PYTHONDONTWRITEBYTECODE=1 exec "$python" -m parity_capture make-samples --out "$out"
