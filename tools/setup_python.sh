#!/usr/bin/env bash
# Makes the Python that captures: a virtual environment with the packages that upstream was run with.
#
#   tools/setup_python.sh [VENV_DIR]
#
# VENV_DIR is .venv in the project by default. Needs Python 3.10 to 3.12 (tested: 3.11), a C++ compiler for a
# package or two that has no wheel, and PyPI: about 3 GB to download, 6 GB on disk, some minutes. A VENV_DIR
# that is there already is checked, and what is missing or of another version is installed. From the environment:
#
#   PYTHON         the Python to make it with (default: the first of python3.11, python3.10, python3.12, python3
#                  that will do)
#   COSYVOICE_DIR  an upstream checkout, looked at too when it is set
#
# Exit: 0 ready, 3 it could not be made: no suitable Python, no network, a bad folder.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$root/tools/lib/arguments.sh"
. "$root/tools/lib/python.sh"
refuse() {
  echo "setup_python.sh: $1" >&2
  exit 3
}
case ${1:-} in
  -h | --help) show_help "${BASH_SOURCE[0]}" && exit 0 ;;
  -*) refuse "$1: no such option; the one argument is VENV_DIR (see --help)" ;;
esac
[ $# -le 1 ] || refuse "$# arguments, but there is only one, VENV_DIR (see --help)"
venv=${1:-$root/.venv} pyproject=$root/capture/pyproject.toml
unset PYTHONPATH PYTHONHOME

capture() {
  PYTHONPATH=$root/capture/src PYTHONDONTWRITEBYTECODE=1 "$venv/bin/python" -m parity_capture "$@"
}

# Whether the package is installed from this very tree: a tree that was moved leaves a dead link.
installed_from_here() {
  "$venv/bin/python" - "$root/capture" <<'PYTHON'
import sys
from importlib import metadata
try:
    origin = metadata.distribution("parity-capture").read_text("direct_url.json") or ""
except metadata.PackageNotFoundError:
    sys.exit(1)
import json, pathlib
sys.exit(json.loads(origin or "{}").get("url") != pathlib.Path(sys.argv[1]).resolve().as_uri())
PYTHON
}

# Runs pip with what is to be said on a terminal; all that it said is in the log.
pip() {
  echo "\$ pip $*" >>"$log"
  if ! "$venv/bin/python" -m pip --disable-pip-version-check "$@" 2>&1 | tee -a "$log" |
    { grep --line-buffered -oE '^ *(Downloading [^ ]+ \([0-9.]+ [MG]B\)|Building wheel for [^ ]+|Installing collected packages)' || true; }; then
    echo "pip's last lines:" >&2
    tail -n 8 "$log" >&2
    refuse "pip could not install the packages; is PyPI within reach, and is there room for 6 GB? All it said is in $log"
  fi
}

if [ -e "$venv" ]; then
  [ -x "$venv/bin/python" ] || [ -z "$(ls -A "$venv" 2>&1)" ] ||
    refuse "$venv is there and is no virtual environment; name another folder, or remove it"
fi
if [ -x "$venv/bin/python" ]; then
  fault=$(python_fault "$venv/bin/python")
  [ -z "$fault" ] || refuse "$venv: $fault, wanted 3.$python_oldest to 3.$python_newest; remove the folder and run this again"
  venv=$(cd "$venv" && pwd) log=$venv/setup_python.log
  echo "==> Checking $venv"
  if capture check 2>/dev/null && installed_from_here; then
    exit 0
  fi
else
  find_python || exit 3
  echo "==> [1/4] Making the virtual environment $venv with $($python --version) ($python)"
  mkdir -p "$venv" 2>/dev/null || refuse "$venv: cannot be made; name another folder"
  venv=$(cd "$venv" && pwd) log=$venv/setup_python.log
  "$python" -m venv "$venv" >"$log" 2>&1 || { tail -n 5 "$log" >&2 && refuse "$venv: $python could not make a virtual environment in it"; }
fi
echo "==> [2/4] Installing build tools"
pip install 'setuptools>=70,<80' wheel
echo "==> [3/4] Installing openai-whisper, which needs those to be built"
pip install --no-build-isolation --no-deps "$(grep -oE 'openai-whisper==[0-9.]+' "$pyproject")"
echo "==> [4/4] Installing the packages that upstream was run with, and those that test the capture (about 3 GB to download, 6 GB on disk; some minutes)"
pip install --editable "$root/capture[dev]"
echo "==> Checking"
capture check || exit 3
echo "The Python that captures: $venv/bin/python"
