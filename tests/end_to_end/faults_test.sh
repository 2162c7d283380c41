#!/usr/bin/env bash
# Real processes: a sound bot gives exit status 0; each fault of the sample bot gives 1, a finding that names it, and the
# same verdict again from the live session that was kept.
#
#   faults_test.sh BUILD
set -euo pipefail
build=$1
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tests/bots/processes.sh
trap finish EXIT
session=corpus/sessions/invite-completes.session.jsonl
bot=("$build/tests/bots/sample_bot")
quick=(--asap --patience 2s --settle 200ms)
failed=0

fail() {
  echo "FAILED: $*" >&2
  cat "$run/verdict" >&2
  failed=1
}

# expect STATUS TEXT OPTION… -- FAULT…: replays to the bot with these faults.
expect() {
  local status=$1 text=$2 options=() got=0 judged=0 verified=0
  shift 2
  while [ "$1" != -- ]; do options+=("$1"); shift; done
  shift
  rm -f "$run/live.session.jsonl"
  replay_call "$session" "$build" "${bot[@]}" "$@" -- "${quick[@]}" --live "$run/live.session.jsonl" "${options[@]}" \
    > "$run/verdict" || got=$?
  [ "$got" = "$status" ] || fail "exit status $got, not $status, with $*"
  grep -qF -- "$text" "$run/verdict" || fail "no \"$text\" with $*"
  "$build/rollcall" judge "$session" "$run/live.session.jsonl" --lateness-budget 1m "${options[@]}" \
    > "$run/judged" || judged=$?
  [ "$judged" = "$status" ] || fail "judge gives exit status $judged, not $status, with $*"
  cmp "$run/verdict" "$run/judged" || fail "judge says otherwise with $*"
  # A run that a fault ended is incomplete as a recording; the file must be good, and the double keeps Graph's promises.
  "$build/rollcall" corpus verify "$run/live.session.jsonl" > "$run/verified" || verified=$?
  if [ "$verified" -gt 1 ] || ! tail -n 1 "$run/verified" | grep -qE ': (fine|the recording is incomplete \([0-9]+\))$'; then
    fail "a live session that is not good: $(cat "$run/verified")"
  fi
}

expect 0 "same: $session" --
expect 1 "missing request: DELETE /v1.0/communications/calls/" -- --drop hang-up
expect 1 "missing request: POST /v1.0/communications/calls/" -- --drop invite
expect 1 "doubled request: POST /v1.0/communications/calls/" -- --double mute
expect 1 "different request: POST /v1.0/communications/calls/" -- --body invite
expect 1 "late answer: POST /api/calls" --answer-limit 100ms -- --slow 250
expect 1 "late request: POST /v1.0/communications/calls/" --deadline-factor 1 -- --slow 1200
expect 0 "same: $session" -- --slow 50
expect 1 "different answer: POST /api/calls" -- --unavailable 2
expect 1 "no answer: POST /api/calls" -- --die 3
exit "$failed"
