#!/usr/bin/env bash
# How small `rollcall shrink` makes a finding: a recording of some 200 messages (seven sample recordings, one after the other,
# under ids of their own), bots with one mistake each. `rollcall fuzz` looks for a session that sets the mistake off, of the
# kind that is named; what it keeps is shrunk. Exit status 1 if more than 10 messages were left of those that one message sets
# off, or it took more than 300 candidates; 3 if nothing was found, or it could not be run. What needs more than that to show (an
# operation of a call of the bot's own, two calls) is told, too.
#
#   shrink_bench.sh BUILD
#   TRIGGERS='dies-no-identity:died' CHAINS=' ' RUNS=3000 SEED=2 shrink_bench.sh BUILD
set -euo pipefail
build=$(realpath "$1")
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
triggers=${TRIGGERS:-dies-unknown-state:died dies-no-identity:died fails-duplicate:server-error acts-after-end:gone
  mutes-twice:acted-twice answers-twice:different}
chains=${CHAINS:-dies-unknown-operation:died mutes-twice:different first-of-batch:different latest-wish:different}
runs=${RUNS:-2000} seed=${SEED:-1}
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

recordings=()
for name in group-call incoming-call invite-completes invite-fails invite-rings-60s-then-fails notification-before-answer \
  resent-after-503; do
  recordings+=("corpus/sessions/$name.session.jsonl")
done
"$build/tests/bench/long_session" "$out/long.session.jsonl" "${recordings[@]}"

failed=0
for one in $triggers $chains; do
  flaw=${one%%:*} kind=${one#*:}
  bot="exec $build/tests/bots/sample_bot --graph {graph} --listen {host}:{port} --flaw $flaw"
  "$build/rollcall" fuzz "$out/long.session.jsonl" --seed "$seed" --runs "$runs" --until "$kind" --findings "$out/$one" \
    --exec "$bot" > "$out/log" 2>&1 || [ $? -eq 1 ] || { cat "$out/log" >&2; exit 3; }
  finding=$(find "$out/$one" -name "$kind-*.session.jsonl" 2> /dev/null | sort | head -n 1)
  [ -n "$finding" ] || { echo "$one: not found in $runs sessions" >&2; exit 3; }
  begin=$SECONDS
  "$build/rollcall" shrink "$finding" --out "$out/$one/min.session.jsonl" --exec "$bot" > "$out/log" 2>&1 ||
    { cat "$out/log" >&2; exit 3; }
  # "FILE: 4 messages of 202, after 88 runs"
  read -r left whole tried < <(sed -n 's/.*: \([0-9]*\) messages of \([0-9]*\), after \([0-9]*\) runs.*/\1 \2 \3/p' "$out/log") ||
    { cat "$out/log" >&2; exit 3; }
  echo "$one: $left messages of $whole, after $tried candidates in $((SECONDS - begin)) s"
  # What is left of a difference demands nothing that a bot which is right would not do.
  [ "$kind" != different ] || "$build/rollcall" replay "$out/$one/min.session.jsonl" --asap --exec "${bot% --flaw *}" \
    > "$out/log" 2>&1 || { cat "$out/log" >&2; failed=1; }
  [[ " $chains " == *" $one "* ]] || { [ "$left" -le 10 ] && [ "$tried" -le 300 ]; } || failed=1
done
exit "$failed"
