#!/usr/bin/env bash
# Every sample session, as it is and with planted secrets and people, is redacted. A scan that has nothing in common with
# the redactor finds nothing in it any more, and a replay comes to the same verdict as before.
#
#   redaction_test.sh BUILD
set -euo pipefail
build=$1
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
command -v node > /dev/null || exit 77  # ctest reports the test as skipped
source tests/bots/processes.sh
trap finish EXIT
source tests/end_to_end/expect.sh
here=tests/end_to_end
samples=corpus/sessions

mkdir "$run/plain"
for session in "$samples"/*.session.jsonl; do
  name=$(basename "$session" .session.jsonl)
  cp "$session" "$run/plain/$name.session.jsonl"
  node "$here/redaction_scan.mjs" plant "$session" "$run/plain/$name-planted.session.jsonl"
done
node "$here/redaction_scan.mjs" find-all "$samples" "$run"/plain/*-planted.session.jsonl > "$run/out" 2> "$run/err" ||
  fail "the scan overlooks something"

expect 0 "made a key" corpus redact "$run/plain" --people --key-file "$run/key" --out "$run/redacted"
node "$here/redaction_scan.mjs" scan "$samples" "$run"/redacted/*.session.jsonl > "$run/out" 2> "$run/err" ||
  fail "something is left"
expect 1 "(person-name)" corpus verify --leaks "$run/plain"
expect 0 "fine" corpus verify --leaks "$run/redacted"

# The same key makes the same of it, another key something else, and there is nothing left to redact.
expect 0 "" corpus redact "$run/plain" --people --key-file "$run/key" --out "$run/again"
diff -rq "$run/redacted" "$run/again" > "$run/out" || fail "the same key gives other stand-ins"
expect 0 "" corpus redact "$run/plain" --people --out "$run/other"
! diff -rq "$run/redacted" "$run/other" > /dev/null || fail "another key gives the same stand-ins"
expect 0 "" corpus redact "$run/again" --people
diff -rq "$run/redacted" "$run/again" > "$run/out" || fail "redacting twice changes something"

# Without --people the secrets go, and only they.
expect 0 "" corpus redact "$run/plain" --out "$run/secrets"
! grep -rqF "pl4nt3d" "$run/secrets" || fail "a secret is left"
grep -rqF "Ada Brook" "$run/secrets" || fail "people are gone without --people"

# (A session with secrets in clear does not replay the same: what is delivered is noted down without them.)
mkdir "$run/before"
cp "$samples"/*.session.jsonl "$run/before"
bot="exec $build/tests/bots/sample_bot --graph {graph} --listen 127.0.0.1:{port}"
for folder in before redacted secrets; do
  expect 0 "" replay "$run/$folder" --asap --lateness-budget 1m --exec "$bot"
  same=$(grep -c '^same: ' "$run/out")
  [ "$same" = "$(ls "$run/$folder" | wc -l)" ] || fail "$same sessions replay the same in $folder"
done
# The verdict can fail, too.
expect 1 "different request" replay "$run/redacted/invite-completes-planted.session.jsonl" --asap --lateness-budget 1m \
  --exec "$bot --body invite"
exit "$failed"
