# Sourced by the scripts: finds a Python that upstream's packages can be installed for.

python_oldest=10 python_newest=12 # 3.10 to 3.12, as capture/pyproject.toml has it; 3.11 is the one tested

python_candidates() {
  [ -n "${PYTHON:-}" ] && printf '%s\n' "$PYTHON"
  printf '%s\n' python3.11 python3.10 python3.12 python3
}

# What is wrong with the command $1 as a Python to make a virtual environment with; nothing when it will do.
python_fault() {
  local version
  command -v "$1" >/dev/null 2>&1 || { echo "not found" && return; }
  version=$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || { echo "does not run" && return; }
  if [ "${version%%.*}" != 3 ] || [ "${version#3.}" -lt "$python_oldest" ] || [ "${version#3.}" -gt "$python_newest" ]; then
    echo "Python $version"
  elif ! "$1" -c 'import ensurepip, venv' 2>/dev/null; then
    echo "Python $version without venv (Debian and Ubuntu: apt install python$version-venv)"
  fi
}

# Sets `python` to the first command that will do, or says what was looked at.
find_python() {
  local candidate
  while IFS= read -r candidate; do
    if [ -z "$(python_fault "$candidate")" ]; then
      python=$candidate
      return 0
    fi
  done < <(python_candidates)
  {
    echo "no Python 3.$python_oldest to 3.$python_newest found: install Python 3.11, or set PYTHON to it. Looked at:"
    python_candidates | while IFS= read -r candidate; do
      echo "  $candidate: $(python_fault "$candidate")"
    done
  } >&2
  return 1
}
