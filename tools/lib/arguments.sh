# Sourced by the scripts that take one argument, OUT_DIR.

# Prints the comment at the head of script $1.
show_help() {
  sed -n '2,/^[^#]/s/^#$//p; 2,/^[^#]/s/^# //p' "$1"
}

# Sets `out` from the arguments of script $1, or ends it.
parse_out_dir() {
  local script=$1 name
  shift
  name=$(basename "$script")
  if [ $# -gt 1 ]; then
    echo "$name: $# arguments, but there is only one, OUT_DIR (see $name --help)" >&2
    exit 3
  fi
  case ${1:-} in
    -h | --help) show_help "$script" && exit 0 ;;
    -*) echo "$name: $1: no such option; the one argument is OUT_DIR (see $name --help)" >&2 && exit 3 ;;
  esac
  out=${1:-$root/output/benchmarks/$(date +%F)}
}

# Ends script $1 unless each of the variables named after it holds a folder.
require_folders() {
  local script name
  script=$(basename "$1")
  for name in "${@:2}"; do
    [ -d "${!name:-}" ] || { echo "$script: $name must name a folder (see --help)" >&2 && exit 3; }
  done
}
