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

# Sets `python` to the one that captures: PARITY_PYTHON, that of the active virtual environment, or .venv in the
# project $1. Whether it has the packages, the capture itself says.
find_capture_python() {
  python=
  if [ -n "${PARITY_PYTHON:-}" ]; then
    python=$PARITY_PYTHON
  elif [ -x "${VIRTUAL_ENV:-}/bin/python" ]; then
    python=$VIRTUAL_ENV/bin/python
  elif [ -x "$1/.venv/bin/python" ]; then
    python=$1/.venv/bin/python
  fi
  if [ -z "$python" ]; then
    echo "no Python to capture with: run tools/setup_python.sh, or set PARITY_PYTHON to one with upstream's packages" >&2
    return 1
  elif ! command -v "$python" >/dev/null 2>&1; then
    echo "PARITY_PYTHON $python: no such command; give a Python with upstream's packages" >&2
    return 1
  fi
}

# Sets `python` to one with the pinned tools that check the Python sources of project $1, and nothing heavy: a virtual
# environment in capture/target, made again when the pins change.
find_checking_python() {
  local venv=$1/capture/target/venv pins log=$1/capture/target/venv.log
  pins=$(grep -oE '"((ruff|mypy|pytest|numpy)==[^"]+|safetensors|soundfile)"' "$1/capture/pyproject.toml" | tr -d '"')
  if [ "$(cat "$venv/pins.txt" 2>/dev/null)" != "$pins" ] || ! "$venv/bin/python" -c '' 2>/dev/null; then
    find_python || return 1
    echo "==> Making $venv with $(tr '\n' ' ' <<<"$pins")" >&2
    rm -rf "$venv"
    mkdir -p "$1/capture/target"
    # shellcheck disable=SC2086
    if ! { "$python" -m venv "$venv" && "$venv/bin/python" -m pip install --disable-pip-version-check $pins; } >"$log" 2>&1; then
      tail -n 8 "$log" >&2
      echo "the tools that check the Python sources could not be installed; all pip said is in $log" >&2
      return 1
    fi
    printf '%s\n' "$pins" >"$venv/pins.txt"
  fi
  python=$venv/bin/python
}
