#!/usr/bin/env bash
# Random texts through upstream's text frontend and through Java's: normalised text, segments and ids must be the same.
#
#   tools/try_texts.sh [COUNT [SEED]]
#
# COUNT is how many texts (10000 by default), SEED which ones (0). From the environment: COSYVOICE_DIR and PARITY_PYTHON
# as for ./parity capture; MODEL_DIR, a release folder, for its tokenizer (default: samples/model).
#
# tools/try_texts.sh golden writes the golden file of the tests anew instead, from the texts of text_samples.py.
#
# Exit: 0 all are the same, 1 one is not (it is printed), 3 bad input.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$root/tools/lib/arguments.sh"
. "$root/tools/lib/jdk.sh"
case ${1:-} in
  -h | --help) show_help "${BASH_SOURCE[0]}" && exit 0 ;;
esac
golden=$root/cosyvoice/src/test/resources/parity/cosyvoice/text/texts.json
model=$(cd "${MODEL_DIR:-$root/samples/model}" && pwd)
if [ "${1:-}" = golden ]; then
  exec "$root/parity" capture texts --model-dir "$model" --out "$golden"
fi
case ${1:-10000}${2:-0} in
  *[!0-9]*) echo "try_texts.sh: $*: expected two numbers, COUNT and SEED (see --help)" >&2 && exit 3 ;;
esac
find_jdk || exit 3
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"$root/parity" capture texts --model-dir "$model" --random "${1:-10000}" --seed "${2:-0}" --out "$scratch/texts.json" || exit
status=0
(cd "$root" && PARITY_TEXTS=$scratch/texts.json PARITY_TEXTS_MODEL=$model ./mvnw -q -B -Dquick -pl cosyvoice -am test \
  -Dtest=UpstreamTextsTest -Dsurefire.failIfNoSpecifiedTests=false) >"$scratch/test.log" 2>&1 || status=1
if [ "$status" -ne 0 ]; then
  grep -v '^$' "$scratch/test.log" | cut -c 1-2000 | head -n 40
  exit 1
fi
echo "${1:-10000} texts: normalised text, segments and ids are upstream's"
