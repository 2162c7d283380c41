#!/usr/bin/env bash
# `rollcall shrink --payload` with real programs, each a command of the shell that fails on something.
#
#   payload_shrinking_test.sh BUILD
set -euo pipefail
build=$(realpath "$1")
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tests/bots/processes.sh
source tests/end_to_end/expect.sh
trap finish EXIT
payload="$run/a payload"
cat > "$payload" <<'JSON'
{"value": [{"changeType": "updated", "resourceUrl": "/communications/calls/57dab8b1-894c-409a-b240-bd8beae78896",
  "resourceData": {"@odata.type": "#microsoft.graph.call", "state": "established", "direction": "incoming"}},
 {"changeType": "deleted", "resourceUrl": "/communications/calls/57dab8b1-894c-409a-b240-bd8beae78896",
  "resourceData": {"@odata.type": "#microsoft.graph.call", "state": "terminated", "resultInfo": {"code": 200}}}]}
JSON

# The end that it is about is kept apart from others: without "terminated" the program leaves in another way.
expect 0 "exit status 3: SUMMARY: place.c:7" shrink --payload "$payload" --out "$run/small" \
  --exec 'grep -q "\"state\": *\"terminated\"" {} && { echo "SUMMARY: place.c:7"; exit 3; }; exit 4'
[ "$(cat "$run/small")" = '{"state":"terminated"}' ] || fail "what is left: $(cat "$run/small")"
grep -q '22 bytes of [0-9]*, JSON, after [0-9]* runs$' "$run/out" || fail "it does not say what it did"

# A death by a signal, beside the payload; a second run makes it no smaller.
for from in "$payload" "$payload.min"; do
  expect 0 "SIGSEGV" shrink --payload "$from" --exec 'if grep -q deleted {}; then kill -SEGV $$; fi'
  [ "$(cat "$from.min")" = '"deleted"' ] || fail "what is left: $(cat "$from.min")"
done

# What is no JSON.
printf '{"status":"failed","r":{"":}}' > "$run/broken"
expect 0 "2 bytes of 29, no JSON" shrink --payload "$run/broken" --exec '! grep -q ":}" {}'

# A program that hangs; few steps, since each takes as long as it may.
expect 0 "does not end in time" shrink --payload "$payload" --out "$run/small" --budget 1 --time-limit 200ms \
  --exec ': {}; exec sleep 1000'
grep -q "the budget is used up" "$run/out" || fail "it does not say that the budget is used up"

expect 0 "does not end in time" shrink --payload "$payload" --out "$run/small" --budget 1 --time-limit 200ms \
  --exec ': {}; exec yes ""'

# One that says a lot, and one whose child keeps its output.
expect 0 "exit status 9" shrink --payload "$payload" --out "$run/small" --budget 3 \
  --exec ': {}; head -c 3000000 /dev/zero | tr "\0" x; exit 9'
expect 0 "exit status 8" shrink --payload "$payload" --out "$run/small" --budget 3 --exec ': {}; sleep 1000 & exit 8'

# Nothing to make smaller; what cannot be done.
expect 4 "the program ends well with it in 3 runs" shrink --payload "$payload" --exec 'true {}' --out "$run/none"
[ ! -e "$run/none" ] || fail "a payload that shows nothing was written"
expect 2 "has no {}" shrink --payload "$payload" --exec true
expect 2 "is the payload itself" shrink --payload "$payload" --exec 'false {}' --out "$payload"
expect 2 "No such file" shrink --payload "$run/nothing" --exec 'false {}'
expect 2 "unrecognised option '--bot'" shrink --payload "$payload" --exec 'false {}' --bot http://127.0.0.1:1
expect 2 "must be greater than 0" shrink --payload "$payload" --exec 'false {}' --budget 0

# A person who has seen enough, while the program runs.
mkfifo "$run/told"
"$build/rollcall" shrink --payload "$payload" --exec "echo {} > '$run/told'; sleep 1000" > "$run/out" 2> "$run/err" &
shrinking=$!
pids+=("$shrinking")
read -r handed < "$run/told"
kill -INT "$shrinking"
status=0
wait "$shrinking" || status=$?
[ "$status" = 4 ] || fail "interrupted, it left with $status"
grep -q interrupted "$run/err" || fail "it does not say that it was interrupted"
[ ! -e "$handed" ] || fail "the file that the program was given is still there: $handed"

exit "$failed"
