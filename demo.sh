#!/usr/bin/env bash
# Records a live call of the sample bot through both legs, replays it to a fresh bot, and shows the verdict; then breaks a bot
# with mutated traffic.
#
# Installs what is missing and builds first. Nothing leaves this machine; every port is chosen by the system.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
source .ci/packages.sh
source .ci/configure.sh
source tests/bots/processes.sh
trap finish EXIT

build=build/release
corpus=build/demo
scenario=invite-replaces-call
session=$corpus/$scenario.session.jsonl
live=$corpus/$scenario.live.session.jsonl
report=$corpus/report.html
spoilt=$corpus/wrong-person.html

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }

install_missing "${rollcall_build_packages[@]}"

say "Building (some minutes the first time)"
configure release build/release >"$run/configure.log" || { cat "$run/configure.log" >&2; exit 3; }
cmake --build --preset release --target rollcall sample_bot graph_service

rm -rf "$corpus"
say "Recording: somebody calls the bot, which then invites them into a group call in the place of the first"
record_call "$scenario" "$build" "$corpus" "$build/tests/bots/sample_bot"
"$build/rollcall" corpus show "$session"

say "Replaying it to a fresh bot, with a double in the place of Graph"
status=0
replay_call "$session" "$build" "$build/tests/bots/sample_bot" -- --live "$live" --html "$report" || status=$?

say "And to a bot with a fault: it invites the wrong person"
replay_call "$session" "$build" "$build/tests/bots/sample_bot" --body invite -- --asap --html "$spoilt" || true

say "Fuzzing a bot that dies at a roster of a call that has ended; the finding made small, and replayed"
broken="exec $build/tests/bots/sample_bot --flaw dies-after-end --graph {graph} --listen 127.0.0.1:{port}"
"$build/rollcall" fuzz "$session" --exec "$broken" --only number,time --runs 100 --seed 1 --findings "$corpus/found" || true
found=$(find "$corpus/found" -name '*.session.jsonl' | sort | head -n 1)
if [ -n "$found" ] && "$build/rollcall" shrink "$found" --exec "$broken"; then
  "$build/rollcall" replay "${found%.session.jsonl}.min.session.jsonl" --asap --exec "$broken" || true
else
  echo "That should not be: the flaw was not found, or not shrunk." >&2
  status=1
fi

say "Done"
echo "recorded session  $session"
echo "replayed session  $live"
echo "The same again, by hand: README.md, 'How do I record my own bot?'"
echo "To look at, in a browser: the sound bot in $report, the faulty one in"
echo "$PWD/$spoilt"
exit "$status"
