#!/usr/bin/env bash
# A bot on the official Graph client, recorded through both legs and replayed against the Graph double: the same.
#
#   node_bot_test.sh BUILD SCENARIO
set -euo pipefail
build=$1 scenario=$2
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tests/bots/processes.sh
trap finish EXIT

bot=(node tests/bots/node/bot.js)
[ -d tests/bots/node/node_modules ] || { echo "First: npm --prefix tests/bots/node ci" >&2; exit 3; }

record_call "$scenario" "$build" "$run/corpus" "${bot[@]}"
session=$run/corpus/$scenario.session.jsonl
"$build/rollcall" corpus verify "$session"
if grep -q 'mock-token' "$session"; then echo "a token is in $session" >&2; exit 1; fi

replay_call "$session" "$build" "${bot[@]}" -- --asap
