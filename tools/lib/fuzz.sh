# Sourced by tools/fuzz: which readers there are, and one of them under Jazzer.

# Jazzer's own suspicions of paths and patterns: of no use here, and they slow each input down.
sanitizers=com.code_intelligence.jazzer.sanitizers

# READER, module and class, a line each: SafetensorsHeaderFuzz is safetensors_header.
list_readers() {
  local file module class name
  for file in $(cd "$1" && find . -path '*/src/test/java/*Fuzz.java' | LC_ALL=C sort); do
    module=$(cut -d / -f 2 <<<"$file")
    class=$(sed 's|.*/src/test/java/||; s|\.java$||; s|/|.|g' <<<"$file")
    name=$(sed 's|.*\.||; s|Fuzz$||; s|\(.\)\([A-Z]\)|\1_\2|g' <<<"$class" | tr '[:upper:]' '[:lower:]')
    printf '%s\t%s\t%s\n' "$name" "$module" "$class"
  done
}

# Compiles the tests, and writes each module's class path to target/fuzz.classpath.
compile_targets() {
  local root=$1 stamp=$1/target/fuzz/compiled log=$1/target/fuzz/build.log
  if [ -e "$stamp" ] && [ -z "$(find "$root"/pom.xml "$root"/*/pom.xml "$root"/*/src -newer "$stamp" -print -quit)" ]; then
    return 0
  fi
  mkdir -p "$root/target/fuzz"
  touch "$stamp.new"
  echo "==> Compiling the tests" >&2
  if ! (cd "$root" && ./mvnw -q -B -ntp -Dquick test-compile dependency:build-classpath -Dmdep.outputFile=target/fuzz.classpath \
      -Dmdep.regenerateFile=true) >"$log" 2>&1; then
    tail -n 30 "$log" >&2
    echo "the build failed; all it said is in $log" >&2
    return 1
  fi
  mv "$stamp.new" "$stamp"
}

# run_target ROOT READER ARGUMENT...: one reader under Jazzer, with arguments of libFuzzer. Targets read seeds by paths from
# their module's folder.
run_target() {
  local root=$1 reader=$2 module class
  shift 2
  IFS=$'\t' read -r _ module class < <(list_readers "$root" | awk -F '\t' -v reader="$reader" '$1 == reader')
  (
    cd "$root/$module"
    exec "$JAVA_HOME/bin/java" -Xmx128m -XX:+UseSerialGC -XX:-OmitStackTraceInFastThrow -XX:+EnableDynamicAgentLoading \
      --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
      -cp "target/test-classes:target/classes:$(cat target/fuzz.classpath)" com.code_intelligence.jazzer.Jazzer \
      --target_class="$class" --instrumentation_includes='parity.**' --custom_hook_includes='parity.**' \
      --disabled_hooks="$sanitizers.FilePathTraversal:$sanitizers.RegexInjection" \
      -timeout=5 -max_len=16384 -print_final_stats=1 "$@"
  )
}

# fuzz_reader ROOT READER: a campaign of $minutes, or of $runs with $seed. Adds to $executions; 1 for a finding.
fuzz_reader() {
  local root=$1 reader=$2 folder=$1/target/fuzz log=$1/target/fuzz/$2.log corpus status=0 executed found
  if [ "$runs" -gt 0 ]; then
    corpus=$(mktemp -d)
    run_target "$root" "$reader" "$corpus" -seed="$seed" -runs="$runs" -artifact_prefix="$folder/$reader-" >"$log" 2>&1 || status=$?
    rm -rf "$corpus"
  else
    corpus=$folder/corpus/$reader
    mkdir -p "$corpus"
    run_target "$root" "$reader" "$corpus" -max_total_time=$((minutes * 60)) -artifact_prefix="$folder/$reader-" >"$log" 2>&1 || status=$?
  fi
  executed=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log" | tail -n 1)
  executions=$((executions + ${executed:-0}))
  if [ "$status" -eq 0 ] && [ -n "$executed" ]; then
    echo "$reader: $executed executions, $(sed -n 's/^stat::average_exec_per_sec: *//p' "$log" | tail -n 1) a second, nothing found"
    return 0
  fi
  found=$(sed -n "s|^.*Test unit written to \($folder/$reader-.*\)|\1|p" "$log" | tail -n 1)
  grep -aE "^== Java Exception|^== ERROR|ERROR: libFuzzer|^ERROR|Caused by" "$log" | head -n 3 >&2 || tail -n 20 "$log" >&2
  echo "$reader: exit $status after ${executed:-no} executions; all that was said is in $log" >&2
  [ -z "$found" ] || echo "$reader: see it again with tools/fuzz --replay $found $reader" >&2
  return 1
}
