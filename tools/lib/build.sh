# Sourced by the scripts: builds the one jar when it is missing or older than a source, and what makes it start faster.

is_fresh() {
  local root=$1 jar=$1/harness/target/parity.jar
  [ -e "$jar" ] && [ -z "$(find "$root"/pom.xml "$root"/*/pom.xml "$root"/*/src/main -newer "$jar" -print -quit)" ]
}

# One at a time, where the system can lock a file (util-linux): two commands started together would write the same jar.
build_if_stale() {
  local root=$1
  is_fresh "$root" && return 0
  mkdir -p "$root/target"
  (
    if command -v flock >/dev/null && ! flock -n 9; then
      echo "==> Waiting for another command that builds" >&2
      flock 9
      ! is_fresh "$root" || exit 0
    fi
    build "$root"
  ) 9>"$root/target/build.lock"
}

build() {
  local root=$1 log=$1/target/build.log
  echo "==> Building (the first time Maven fetches libraries, some minutes on a slow line)" >&2
  if ! (cd "$root" && ./mvnw -q -B -Dquick -DskipTests package 9>&-) >"$log" 2>&1; then
    tail -n 30 "$log" >&2
    echo "the build failed; all it said is in $log" >&2
    return 1
  fi
  touch "$root/harness/target/parity.jar" # Maven leaves a jar as it is that would come out the same
}

# What `parity diff` loads, linked and ready to be mapped: half of its start. Java passes over a cache that is not of its own
# version or of this jar, and starts without; so does this where nothing can be written.
cache_classes() {
  local root=$1 jar=$1/harness/target/parity.jar cache=$1/harness/target/diff.aot any
  [ ! "$cache" -nt "$jar" ] && [ -w "$root/harness/target" ] || return 0
  any=$root/samples/capture/truth_flow
  "$JAVA_HOME/bin/java" -XX:AOTCacheOutput="$cache.$$" -Xmx256m -XX:+UseSerialGC -Xlog:disable \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -jar "$jar" \
    diff "$any.safetensors" "${any}_cumulative.safetensors" >/dev/null 2>&1 || true
  mv -f "$cache.$$" "$cache" 2>/dev/null || true
}
