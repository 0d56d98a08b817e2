#!/usr/bin/env bash
# tools/pin_checksums.sh
#
# Writes .mvn/checksums/checksums.sha256 anew: the SHA-256 of every library, plugin and POM that a build takes. Maven then
# refuses what is not listed or differs. Run it after a version in pom.xml has changed, and read the diff. All is fetched
# again into an empty repository, which takes some minutes.
#
# Ends with 1 if what was pinned before came with another checksum; the old file then stays as it is.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$root/tools/lib/arguments.sh"
case ${1:-} in
  -h | --help) show_help "${BASH_SOURCE[0]}" && exit 0 ;;
  ?*) echo "pin_checksums.sh: $1: there are no arguments (see --help)" >&2 && exit 3 ;;
esac
. "$root/tools/lib/jdk.sh"
find_jdk || exit 3
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
pins=$root/.mvn/checksums/checksums.sha256

# Whatever a person or CI calls, so that all of it is met: one test, for what Surefire fetches when it runs.
cd "$root"
for goals in "clean install -Dtest=LauncherTest -Dsurefire.failIfNoSpecifiedTests=false" \
    "spotless:apply package javadoc:javadoc dependency:tree dependency:build-classpath -Dquick -DskipTests"; do
  echo "==> ./mvnw $goals"
  # shellcheck disable=SC2086
  ./mvnw -q -B -ntp $goals -Dmaven.repo.local="$scratch/repository" \
    -Daether.trustedChecksumsSource.summaryFile.basedir="$scratch/pins" \
    -Daether.artifactResolver.postProcessor.trustedChecksums.record=true >"$scratch/log" 2>&1 || {
    tail -n 30 "$scratch/log" >&2
    echo "pin_checksums.sh: ./mvnw $goals failed, so not all was met; $pins is as it was" >&2
    exit 1
  }
done

mkdir -p "$(dirname "$pins")"
touch "$pins"
LC_ALL=C sort -k 2 "$scratch/pins/checksums.sha256" >"$scratch/new"
changed=$(awk 'NR == FNR { before[$2] = $1; next } $2 in before && before[$2] != $1 { print "  " $2 ": " before[$2] ", now " $1 }' \
  "$pins" "$scratch/new")
if [ -n "$changed" ]; then
  echo "pin_checksums.sh: a release never changes, but these did; find out why before you remove their lines from $pins:" >&2
  echo "$changed" >&2
  exit 1
fi
mv "$scratch/new" "$pins"
echo "$(wc -l <"$pins" | tr -d ' ') checksums in $pins; read what changed: git diff .mvn/checksums"
