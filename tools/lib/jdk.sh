# Sourced by the scripts: finds a JDK of at least 25 and sets JAVA_HOME to it.

jdk_wanted=25

# Services and containers may have no HOME. Maven's wrapper needs one, and so does the search below: that of the user.
if [ -z "${HOME:-}" ]; then
  unset HOME
  export HOME=~
fi

# Major version of the JDK in folder $1 by its `release` file, or nothing.
jdk_major() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

# The folder of the JDK that a `java` command belongs to, links followed.
jdk_of_command() {
  local java
  java=$(command -v "$1" 2>/dev/null) || return 0
  while [ -L "$java" ]; do
    local target
    target=$(readlink "$java")
    case $target in
      /*) java=$target ;;
      *) java=$(dirname "$java")/$target ;;
    esac
  done
  dirname "$(dirname "$java")"
}

jdk_candidates() {
  [ -n "${JAVA_HOME:-}" ] && printf '%s\n' "$JAVA_HOME"
  jdk_of_command javac
  local folder
  for folder in /usr/lib/jvm/* /usr/java/* /opt/*jdk* /opt/*java*/* "$HOME"/.jdks/* "$HOME"/.sdkman/candidates/java/* \
      /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    [ -d "$folder" ] && printf '%s\n' "$folder"
  done
  return 0
}

find_jdk() {
  local folder major
  while IFS= read -r folder; do
    major=$(jdk_major "$folder")
    if [ -n "$major" ] && [ "$major" -ge "$jdk_wanted" ]; then
      export JAVA_HOME=$folder
      return 0
    fi
  done < <(jdk_candidates)
  {
    echo "no JDK $jdk_wanted or newer found: install one (e.g. Eclipse Temurin $jdk_wanted), or set JAVA_HOME to it. Looked at:"
    jdk_candidates | while IFS= read -r folder; do
      major=$(jdk_major "$folder")
      echo "  $folder: ${major:+JDK }${major:-no JDK}"
    done
  } >&2
  return 1
}
