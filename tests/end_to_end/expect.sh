# What scripts of tests expect of rollcall. To be sourced behind tests/bots/processes.sh; `failed` is 1 once something is not
# as expected.
failed=0

fail() {
  echo "FAILED: $*" >&2
  cat "$run/out" "$run/err" >&2
  failed=1
}

# expect STATUS TEXT COMMAND…: runs rollcall; its output and errors together must hold the text.
expect() {
  local status=$1 text=$2 got=0
  shift 2
  timeout 800 "$build/rollcall" "$@" > "$run/out" 2> "$run/err" || got=$?
  [ "$got" = "$status" ] || fail "exit status $got, not $status: $*"
  grep -qF -- "$text" "$run/out" "$run/err" || fail "no \"$text\": $*"
}
