#!/usr/bin/env bash
# What each script in tools/ says to its arguments, and the short form of some.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

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

tally
