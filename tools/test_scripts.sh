#!/usr/bin/env bash
# Tests of the scripts, on the sample, into folders that are thrown away. tools/check runs them after Maven.
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
passed=0 failed=0 skipped=0
upstream=${COSYVOICE_DIR:-}
unset MODEL_DIR COSYVOICE_DIR PROMPT_WAV PROMPT_TEXT TTS_TEXT SEED TAPS FRONTEND_ARTIFACTS FULL_ARTIFACTS \
  SKIP_PY_FRONTEND SKIP_PY_FULL

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

fake_jdk() {
  mkdir -p "$1/bin"
  printf '#!/bin/sh\n' >"$1/bin/javac"
  chmod +x "$1/bin/javac"
  printf 'JAVA_VERSION="%s"\n' "$2" >"$1/release"
}

# What find_jdk makes of the candidates in $@ when they are all there is.
jdk_among() {
  (
    . "$root/tools/lib/jdk.sh"
    eval "jdk_candidates() { printf '%s\n' $(printf '%q ' "$@"); }"
    find_jdk && echo "found $JAVA_HOME"
  )
}

fake_jdk "$scratch/old" 17.0.9
fake_jdk "$scratch/new" 25.0.1
fake_jdk "$scratch/newer" 26
expect "an old JDK is passed over" 0 "found $scratch/new" jdk_among "$scratch/old" "$scratch/new" "$scratch/newer"
expect "a folder without a JDK is passed over" 0 "found $scratch/newer" jdk_among "$scratch" "$scratch/newer"
expect "no JDK says where it looked" 1 "$scratch/old: JDK 17" jdk_among "$scratch/old" "$scratch"
expect "JAVA_HOME of an old JDK does no harm" 0 "parity" env JAVA_HOME="$scratch/old" "$root/parity" --version

# A service or a container has hardly an environment.
bare() {
  env -i PATH=/usr/bin:/bin ${JAVA_HOME:+JAVA_HOME="$JAVA_HOME"} "$@"
}
expect "an empty environment finds a JDK and runs" 0 "parity" bare "$root/parity" --version
for variable in HOME TMPDIR PATH JAVA_HOME XDG_CACHE_HOME LANG; do
  expect "Maven without $variable" 0 "Apache Maven" env -u "$variable" /bin/bash -c \
    'set -euo pipefail; cd "$1"; . tools/lib/jdk.sh; find_jdk; ./mvnw -v' _ "$root"
done
expect "HOME that is empty" 0 "Apache Maven" env HOME= /bin/bash -c \
  'set -euo pipefail; cd "$1"; . tools/lib/jdk.sh; find_jdk; ./mvnw -v' _ "$root"
for script in "$root"/tools/*.sh "$root/tools/mutation_score" "$root/tools/fuzz"; do
  case $script in
    */test_*) ;;
    *) expect "$(basename "$script") --help in an empty environment" 0 "" bare "$script" --help ;;
  esac
done

# A Java that is too old says so, whatever starts it.
old_jdk=
while IFS= read -r folder; do
  major=$(. "$root/tools/lib/jdk.sh" && jdk_major "$folder")
  if [ -z "$old_jdk" ] && [ -n "$major" ] && [ "$major" -ge 17 ] && [ "$major" -lt 25 ]; then old_jdk=$folder; fi
done < <(. "$root/tools/lib/jdk.sh" && jdk_candidates)
if [ -n "$old_jdk" ]; then
  expect "the jar under an old JDK" 3 "parity needs Java 25 or later, and this is" \
    "$old_jdk/bin/java" -jar "$root/harness/target/parity.jar" --version
  expect "the jar under an old JDK says one line" 0 "1" bash -c '"$1" -jar "$2" 2>&1 | wc -l' _ \
    "$old_jdk/bin/java" "$root/harness/target/parity.jar"
  expect "Maven under an old JDK" 1 "parity needs JDK 25 or later, and this is" \
    env -C "$root" JAVA_HOME="$old_jdk" ./mvnw -q -B -ntp -Dquick test-compile
else
  skipped=$((skipped + 3))
  echo "skipped: an old JDK is told what is needed (there is no JDK 17 to 24)"
fi

run=$root/tools/run_parity_harness.sh only=$root/tools/run_native_parity_only.sh
for script in "$run" "$only" "$root/tools/bench_full_size.sh" "$root/tools/make_samples.sh" \
  "$root/tools/bench_diff.sh" "$root/tools/bench_streaming.sh"; do
  expect "$(basename "$script") --help" 0 "OUT_DIR" "$script" --help
  expect "$(basename "$script") --nonsense" 3 "no such option" "$script" --nonsense
  expect "$(basename "$script") a b" 3 "only one" "$script" a b
done
expect "calibrate.sh --help" 0 "OUT_DIR" "$root/tools/calibrate.sh" --help
expect "calibrate.sh --nonsense" 3 "no such option" "$root/tools/calibrate.sh" --nonsense
expect "calibrate.sh without OUT_DIR" 3 "OUT_DIR" "$root/tools/calibrate.sh"
expect "calibrate.sh with a WAV that is not there" 3 "no.wav: no such file" "$root/tools/calibrate.sh" "$scratch/c" no.wav

expect "fuzz --nonsense" 3 "no such option" "$root/tools/fuzz" --nonsense
expect "fuzz of a reader that is not there" 3 "mp3: no such reader; there are" "$root/tools/fuzz" mp3
expect "fuzz --minutes of no number" 3 "expected a whole number" "$root/tools/fuzz" --minutes 0
expect "fuzz --replay without a file" 3 "no such file" "$root/tools/fuzz" --replay "$scratch/none" flac
expect "fuzz --list" 0 "safetensors_header" "$root/tools/fuzz" --list
expect "fuzz searches" 0 "500 executions of 1 readers, 0 with a finding" "$root/tools/fuzz" --runs 500 npy
expect "fuzz --replay" 0 "checksums reads or refuses" "$root/tools/fuzz" --replay "$root/README.md" checksums
expect "pin_checksums.sh --nonsense" 3 "no arguments" "$root/tools/pin_checksums.sh" --nonsense
# A checksum that is not that of the library.
cp "$root/.mvn/checksums/checksums.sha256" "$scratch/"
sed -i.bak '/jspecify-.*jar$/s/^......../00000000/' "$scratch/checksums.sha256"
expect "a library with another checksum is refused" 1 "org.jspecify:jspecify:jar" \
  bash -c 'cd "$1" && . tools/lib/jdk.sh && find_jdk && ./mvnw -q -B -ntp -Dquick compile -pl tensors \
    -Daether.trustedChecksumsSource.summaryFile.basedir="$2"' _ "$root" "$scratch"

expect "try_texts.sh --help" 0 "COUNT" "$root/tools/try_texts.sh" --help
expect "try_texts.sh --nonsense" 3 "expected two numbers" "$root/tools/try_texts.sh" --nonsense

expect "try_same_bytes.sh --help" 0 "OUT_DIR" "$root/tools/try_same_bytes.sh" --help
expect "try_same_bytes.sh --nonsense" 3 "no such option" "$root/tools/try_same_bytes.sh" --nonsense
expect "try_same_bytes.sh without a model" 3 "no model" "$root/tools/try_same_bytes.sh" "$scratch/b"
expect "try_same_bytes.sh with runs that cannot be shared out" 3 "RUNS is 6" \
  env RUNS=6 "$root/tools/try_same_bytes.sh" "$scratch/b" "$root/samples/model"
expect "try_same_bytes.sh on the sample" 0 "4 kinds, 0 of them" \
  env SEEDS=1 THREADS=2 RUNS=4 SPEAKERS=2 UTTERANCES=2 TEXT='Hi!' "$root/tools/try_same_bytes.sh" "$scratch/b" "$root/samples/model"

expect "judgement_table.sh --help" 0 "RESULTS" "$root/tools/judgement_table.sh" --help
expect "judgement_table.sh without results" 3 "RESULTS" "$root/tools/judgement_table.sh"
expect "judgement_table.sh of a folder that is none" 3 "report.json: no such file" "$root/tools/judgement_table.sh" "$scratch/none"
expect "try_faulty_references.sh --help" 0 "OUT_DIR" "$root/tools/try_faulty_references.sh" --help
expect "try_faulty_references.sh --nonsense" 3 "no such option" "$root/tools/try_faulty_references.sh" --nonsense
expect "try_faulty_references.sh without OUT_DIR" 3 "OUT_DIR" "$root/tools/try_faulty_references.sh"
expect "try_faulty_references.sh with a fault that is not there" 3 "KINDS typo: no such fault" \
  env PARITY_PYTHON=python3 KINDS=typo "$root/tools/try_faulty_references.sh" "$scratch/f"

out="$scratch/with blanks"
expect "the harness on the sample" 0 "Parity artifacts and logs saved to: $out" "$run" "$out"
holds "the harness on the sample" "$out" frontend_artifacts.safetensors debug_artifacts.safetensors \
  debug_artifacts.wav check_text.log check_frontend.log test_llm.log test_flow.log test_hift.log report.html report.json junit.xml native.wav
expect "it says that the weights are random" 0 "its weights are random" "$root/parity" llm --out "$scratch/llm"
expect "the native side again on its results, in an empty environment" 0 "Native parity logs saved to: $out" bare "$only" "$out"
# Where the stages with the model's large parts would tell nothing more, they are skipped, and the run is inconclusive.
brief=(env SKIP_NATIVE_{LLM,FLOW,HIFT,END_TO_END}=1)
expect "a relative OUT_DIR" 2 "saved to: relative" env -C "$scratch" "${brief[@]}" "$run" relative
holds "a relative OUT_DIR" "$scratch/relative" report.json
expect "skipped stages" 2 "skipped by SKIP_NATIVE_FLOW=1" "${brief[@]}" "$run" "$scratch/skipped"
expect "skipped stages that are allowed" 0 "PASS (exit 0)" "${brief[@]}" "$root/parity" run --allow-skips --out "$scratch/skipped"
expect "artifacts that are not there" 3 "debug_artifacts.safetensors" "$only" "$scratch/nothing"
touch "$scratch/file"
expect "OUT_DIR is a file" 3 "is a file" "$run" "$scratch/file"

# A fault in our own code, which the classes of the jar get.
expect "a fault in our own code is seen" 0 "1 faults: 1 seen" "$root/parity" code-score --packages cosyvoice.llm --sites 1 --seed 3

taps=$root/samples/capture/taps_hift.safetensors
expect "two files that are the same" 0 "PASS (exit 0)" "$root/parity" diff "$taps" "$taps"
expect "two files with nothing in common" 2 "nothing was compared" "$root/parity" diff "$taps" "$root/samples/model/flow.pt"
expect "classes ready to be mapped" 0 "" test -s "$root/harness/target/diff.aot"

# The example port, right and with a mistake in it.
if command -v gcc >/dev/null; then
  port="$scratch/port --in {inputs} --out {outputs}" names=$root/examples/c_port/names.yaml
  expect "the example port is built" 0 "" gcc -O2 -Wall -Wextra -Werror -o "$scratch/port" "$root/examples/c_port/port.c" -lm
  expect "the example port is right as far as it goes" 2 "5 PASS, 0 VACUOUS, 0 FAIL" \
    "$root/parity" flow --candidate "$port" --names "$names" --out "$scratch/ported"
  expect "a mistake is put in" 0 "" gcc -O2 -DSLOPE=0.1f -o "$scratch/port" "$root/examples/c_port/port.c" -lm
  expect "the mistake is found" 1 "first divergence: flow.pre_lookahead_layer.conv2" \
    "$root/parity" flow --candidate "$port" --names "$names" --out "$scratch/ported"
else
  skipped=$((skipped + 4))
  echo "skipped: the example port (there is no gcc)"
fi

. "$root/tools/test_capture.sh"

echo "$passed passed, $failed failed$([ "$skipped" -eq 0 ] || echo ", $skipped skipped")"
[ "$failed" -eq 0 ]
