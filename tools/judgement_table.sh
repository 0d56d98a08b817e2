#!/usr/bin/env bash
# What runs judged, as a table to compare: one line a tensor with its status, its figures and their limits, one a
# control, and one a stage with its verdict and its first divergence. Two versions of the harness that judge alike
# print the same of the same captures, whatever words their reports have.
#
#   tools/judgement_table.sh [--stages] RESULTS...     folders that parity run wrote; prints tab-separated lines
#
# --stages prints the lines of the stages alone.
#
# Exit: 0 printed, 3 bad input.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$root/tools/lib/arguments.sh"
case ${1:-} in
  -h | --help) show_help "${BASH_SOURCE[0]}" && exit 0 ;;
  "") echo "judgement_table.sh: no argument; it is RESULTS... (see --help)" >&2 && exit 3 ;;
esac
exec "${PARITY_PYTHON:-python3}" "$root/tools/bench/judgements.py" "$@"
