#!/usr/bin/env bash
# Speaks the same again and again: does one seed always give the same bytes?
#
#   tools/try_same_bytes.sh OUT_DIR MODEL_DIR...
#
# Of each model, seeds 1 to 10 are spoken with 2 and with 3 threads, at once (WHOLE) and streamed (STREAMED: the last chunk
# whole, STREAMED_IN_BLOCKS), RUNS times each: in two processes, each opens the model twice. The first seed is spoken once
# more by `./parity synthesize`. A line each with the number of distinct sha256 of the WAV files. Then 8 threads in one
# process speak 120 utterances of all modes and deliveries each; each utterance must be the bytes that it is one at a time.
# OUT_DIR gets a file a model and number of threads with the sha256 of every run. From the environment:
#
#   WAV                  a recording of the voice (default: samples/prompt.wav)
#   TEXT                 a sentence that is spoken again and again
#   SEEDS, THREADS       how many seeds (10), which numbers of threads ("2 3")
#   RUNS                 a multiple of 4 (8)
#   SPEAKERS, UTTERANCES 8 and 120; 0 utterances leave that part out
#
# `./parity capture make-model OUT --size tiny|small` makes models. Three of them take an hour on two cores. Exit: 0 all
# bytes are the same, 1 some are not, 3 bad input.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$root/tools/lib/arguments.sh"
. "$root/tools/lib/jdk.sh"
case ${1:-} in
  -h | --help) show_help "${BASH_SOURCE[0]}" && exit 0 ;;
  "") echo "try_same_bytes.sh: no argument; the first is OUT_DIR (see --help)" >&2 && exit 3 ;;
  -*) echo "try_same_bytes.sh: $1: no such option; the first argument is OUT_DIR (see --help)" >&2 && exit 3 ;;
esac
[ $# -ge 2 ] || { echo "try_same_bytes.sh: no model; give one or more release folders after OUT_DIR (see --help)" >&2 && exit 3; }
out=$1
shift
for model in "$@"; do
  [ -d "$model" ] || { echo "try_same_bytes.sh: $model: no such folder; give a release folder (see --help)" >&2 && exit 3; }
done
wav=${WAV:-$root/samples/prompt.wav}
[ -f "$wav" ] || { echo "try_same_bytes.sh: $wav: no such file; set WAV to a recording (see --help)" >&2 && exit 3; }
text=${TEXT:-One sentence after the other is said, and all of them are long enough to count.}
seeds=${SEEDS:-10} runs=${RUNS:-8} speakers=${SPEAKERS:-8} utterances=${UTTERANCES:-120}
read -ra threads <<<"${THREADS:-2 3}"
for number in "$seeds" "$runs" "$speakers" "$utterances" "${threads[@]}"; do
  [[ $number =~ ^[0-9]+$ ]] || { echo "try_same_bytes.sh: $number: expected a number (see --help)" >&2 && exit 3; }
done
[ "$runs" -ge 4 ] && [ $((runs % 4)) -eq 0 ] || { echo "try_same_bytes.sh: RUNS is $runs, expected 4, 8, 12 ... (see --help)" >&2 && exit 3; }
find_jdk || exit 3
"$root/parity" --version >/dev/null # builds what is not built yet
mkdir -p "$out"

same_bytes() {
  "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -cp "$root/harness/target/parity.jar" "$root/tools/lib/SameBytes.java" "$@"
}

# spoken FILE: the lines of every run become a line each that says how many sha256 there are.
spoken() {
  sort "$1" | uniq | awk -F': ' -v file="$1" '
    { distinct[$1]++; what[$1] = $2 }
    END { for (kind in distinct) print kind ": " distinct[kind] " distinct" (what[kind] ~ /^nothing/ ? " (" what[kind] ")" : "") }' |
    sort -V
}

# by_command MODEL THREADS DELIVERY OPTION...: the line of a run for the first seed, of a process of its own.
by_command() {
  local model=$1 count=$2 delivery=$3 hash="nothing, it ends before its first token" status=0
  shift 3
  "$root/parity" synthesize --model-dir "$model" --prompt-wav "$wav" --prompt-text 'The quick brown fox jumps.' --text "$text" \
    --seed 1 --threads "$count" "$@" -o "$out/command.wav" >"$out/command.log" 2>&1 || status=$?
  if [ "$status" -eq 0 ]; then
    hash=$(sha256sum "$out/command.wav" | cut -d' ' -f1)
    rm "$out/command.wav"
  elif ! grep -q "ended before its first token" "$out/command.log"; then
    cat "$out/command.log" >&2
    exit 3
  fi
  echo "threads $count, $delivery, seed 1: $hash"
}

kinds=0 wrong=0 index=0
for model in "$@"; do
  index=$((index + 1))
  for count in "${threads[@]}"; do
    file=$out/model_$index.threads_$count.txt
    for process in 1 2; do
      same_bytes repeat "$out" "$model" "$wav" "$text" "$count" "$seeds" $((runs / 4))
    done >"$file"
    {
      by_command "$model" "$count" WHOLE
      by_command "$model" "$count" STREAMED --stream
      by_command "$model" "$count" STREAMED_IN_BLOCKS --stream --last-chunk blocks
    } >>"$file"
    said=$(spoken "$file")
    sed "s|^|$model: |" <<<"$said"
    kinds=$((kinds + $(wc -l <<<"$said")))
    wrong=$((wrong + $(grep -vc ': 1 distinct' <<<"$said" || true)))
  done
  if [ "$utterances" -gt 0 ]; then
    kinds=$((kinds + 1))
    said=$(same_bytes together "$out" "$model" "$wav" "$text" "${threads[0]}" "$speakers" "$utterances") || wrong=$((wrong + 1))
    echo "$model: $said"
  fi
done
echo "$kinds kinds, $wrong of them not always the same bytes"
[ "$wrong" -eq 0 ]
