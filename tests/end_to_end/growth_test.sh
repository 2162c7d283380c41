#!/usr/bin/env bash
# Real processes: bots that hold more and more are found out, for what they hold; a sound one is not. Not for builds with
# sanitizers, which keep what is freed.
#
#   growth_test.sh BUILD
set -euo pipefail
build=$(realpath "$1")
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tests/bots/processes.sh
source tests/end_to_end/expect.sh
trap finish EXIT
incoming=$PWD/corpus/sessions/incoming-call.session.jsonl
sound="exec $build/tests/bots/sample_bot --graph {graph} --listen 127.0.0.1:{port}"

# With each session, and under some mutations only.
expect 1 "finding: grows: descriptors" fuzz "$incoming" --exec "$sound --flaw leaks-descriptors" --runs 400 --seed 1 --jobs 1 \
  --only number --until grows
grep -q "the recording as it is does the same" "$run/out" || fail "a leak in every session"
expect 1 "finding: grows: memory" fuzz "$incoming" --exec "$sound --flaw leaks-memory" --runs 400 --seed 1 --jobs 1 \
  --only number --until grows
expect 1 "finding: grows: descriptors" fuzz "$incoming" --exec "$sound --flaw leaks-on-error" --runs 1500 --seed 1 --jobs 1 \
  --only payload --until grows --findings "$run/found"
! grep -q "the recording as it is does the same" "$run/out" || fail "a leak under a mutation"
expect 2 "shows only when it is played many times" shrink "$run/found"/grows-*.session.jsonl --exec "$sound"

expect 0 "nothing found" fuzz "$incoming" --exec "$sound" --runs 500 --seed 1 --jobs 1

exit "$failed"
