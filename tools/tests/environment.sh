#!/usr/bin/env bash
# What starts where little is set, and under which Java.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

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

expect "an empty environment finds a JDK and runs" 0 "parity" bare "$root/parity" --version
for variable in HOME TMPDIR PATH JAVA_HOME XDG_CACHE_HOME LANG; do
  expect "Maven without $variable" 0 "Apache Maven" env -u "$variable" /bin/bash -c \
    'set -euo pipefail; cd "$1"; . tools/lib/jdk.sh; find_jdk; ./mvnw -v' _ "$root"
done
expect "HOME that is empty" 0 "Apache Maven" env HOME= /bin/bash -c \
  'set -euo pipefail; cd "$1"; . tools/lib/jdk.sh; find_jdk; ./mvnw -v' _ "$root"
for script in "$root"/tools/*.sh "$root/tools/mutation_score" "$root/tools/fuzz"; do
  expect "$(basename "$script") --help in an empty environment" 0 "" bare "$script" --help
done

# Commands that are started together build once.
mkdir -p "$scratch/tree/a/src/main" "$scratch/tree/harness/target"
touch "$scratch/tree/pom.xml" "$scratch/tree/a/pom.xml"
cat >"$scratch/tree/mvnw" <<'MAVEN'
#!/usr/bin/env bash
echo built >>builds
sleep 1
touch harness/target/parity.jar
MAVEN
chmod +x "$scratch/tree/mvnw"
if command -v flock >/dev/null; then
  for _ in 1 2 3; do (. "$root/tools/lib/build.sh" && build_if_stale "$scratch/tree" >/dev/null 2>&1) & done
  wait
  says "commands that are started together build once" "$scratch/tree/builds" built
else
  skip 1 "commands that are started together build once (there is no flock)"
fi

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
  skip 3 "an old JDK is told what is needed (there is no JDK 17 to 24)"
fi

tally
