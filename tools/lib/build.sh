# Sourced by the scripts: builds the one jar when it is missing or older than a source.

build_if_stale() {
  local root=$1 jar=$1/harness/target/parity.jar
  if [ -e "$jar" ] && [ -z "$(find "$root"/pom.xml "$root"/*/pom.xml "$root"/*/src/main -newer "$jar" -print -quit)" ]; then
    return 0
  fi
  local log=$root/target/build.log
  mkdir -p "$root/target"
  echo "==> Building (the first time Maven fetches libraries, some minutes on a slow line)" >&2
  if ! (cd "$root" && ./mvnw -q -B -Dquick -DskipTests package) >"$log" 2>&1; then
    tail -n 30 "$log" >&2
    echo "the build failed; all it said is in $log" >&2
    return 1
  fi
  touch "$jar" # Maven leaves a jar as it is that would come out the same
}
