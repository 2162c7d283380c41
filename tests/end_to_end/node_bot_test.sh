#!/usr/bin/env bash
# A bot on the official Graph client goes through Rollcall like any other.
#
#   node_bot_test.sh BUILD SCENARIO    it is recorded through both legs, and replayed against the Graph double: the same
#   node_bot_test.sh BUILD --samples   the sample sessions, recorded of the C++ bot, are the same for this one
set -euo pipefail
build=$1 what=$2
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tests/bots/processes.sh
trap finish EXIT

bot=(node tests/bots/node/bot.js)
if [ ! -e tests/bots/node/node_modules/.package-lock.json ]; then
  echo "First: npm --prefix tests/bots/node ci" >&2
  exit 77  # ctest reports the test as skipped
fi

if [ "$what" = --samples ]; then
  for session in corpus/sessions/*.session.jsonl; do
    replay_call "$session" "$build" "${bot[@]}" -- --asap
  done
  exit
fi

record_call "$what" "$build" "$run/corpus" "${bot[@]}"
session=$run/corpus/$what.session.jsonl
"$build/rollcall" corpus verify "$session"
if grep -q 'mock-token' "$session"; then echo "a token is in $session" >&2; exit 1; fi
replay_call "$session" "$build" "${bot[@]}" -- --asap
