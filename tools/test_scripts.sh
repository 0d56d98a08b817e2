#!/usr/bin/env bash
# Tests of the scripts, on the sample, into folders that are thrown away. tools/check runs them after Maven.
#
#   tools/test_scripts.sh [PART ...]
#
# A PART is a file of tools/tests, without its ending (default: all). They run at the same time, and each says in the end
# how many of its tests passed.
#
# Exit: 0 all passed, 1 one failed, 3 bad input.
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$root/tools/lib/arguments.sh"
case ${1:-} in -h | --help) show_help "${BASH_SOURCE[0]}" && exit 0 ;; esac
[ $# -gt 0 ] || set -- environment tools harness capture
for part; do
  [ -f "$root/tools/tests/$part.sh" ] || { echo "test_scripts.sh: $part: no such part; see tools/tests" >&2 && exit 3; }
done
said=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null; rm -rf "$said"' EXIT
declare -A running
set -m # or they, and all that they start, would not hear an interrupt
for part; do
  bash "$root/tools/tests/$part.sh" >"$said/$part" 2>&1 &
  running[$part]=$!
done
set +m
status=0
for part; do
  wait "${running[$part]}" || status=1
  cat "$said/$part"
done
exit "$status"
