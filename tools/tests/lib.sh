# Sourced by each part of the tests of the scripts: what is expected, counted.
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
. "$root/tools/lib/jdk.sh"
find_jdk || exit 3
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
passed=0 failed=0 skipped=0
upstream=${COSYVOICE_DIR:-}
unset MODEL_DIR COSYVOICE_DIR PROMPT_WAV PROMPT_TEXT TTS_TEXT SEED TAPS FRONTEND_ARTIFACTS FULL_ARTIFACTS \
  SKIP_PY_FRONTEND SKIP_PY_FULL
run=$root/tools/run_parity_harness.sh only=$root/tools/run_native_parity_only.sh
# Where the stages with the model's large parts would tell nothing more, they are skipped, and the run is inconclusive.
brief=(env SKIP_NATIVE_{LLM,FLOW,HIFT,END_TO_END}=1)

# expect NAME EXIT TEXT COMMAND...: the command ends with EXIT and prints TEXT somewhere.
expect() {
  local name=$1 code=$2 text=$3 said status=0
  shift 3
  said=$("$@" 2>&1) || status=$?
  if [ "$status" -eq "$code" ] && grep -qF -- "$text" <<<"$said"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "FAILED $name: exit $status, expected $code and \"$text\"; it said:"
    tail -n 15 <<<"$said"
  fi
}

# says NAME FILE LINE...: the file is these lines.
says() {
  expect "$1" 0 "" diff "$2" <(printf '%s\n' "${@:3}")
}

# holds NAME FOLDER FILE...: the files are there and not empty.
holds() {
  local name=$1 folder=$2 file
  shift 2
  for file in "$@"; do
    expect "$name: $file" 0 "" test -s "$folder/$file"
  done
}

# absent NAME FILE: there is no such file.
absent() {
  expect "$1" 1 "" test -e "$2"
}

# A service or a container has hardly an environment.
bare() {
  env -i PATH=/usr/bin:/bin ${JAVA_HOME:+JAVA_HOME="$JAVA_HOME"} "$@"
}

# skip COUNT WHY: so many are left out.
skip() {
  skipped=$((skipped + $1))
  echo "skipped: $2"
}

# The last line of a part.
tally() {
  echo "$(basename "$0" .sh): $passed passed, $failed failed$([ "$skipped" -eq 0 ] || echo ", $skipped skipped")"
  [ "$failed" -eq 0 ]
}
