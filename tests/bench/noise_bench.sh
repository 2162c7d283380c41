#!/usr/bin/env bash
# How good learnt noise is: a bot with random wording, ids, times and order of independent requests, as real processes.
#
#   noise_bench.sh BUILD [RUNS [LEARNT [SEED]]]    100 runs and noise from 5 unless said otherwise
#
# Records a call of that bot, learns from LEARNT runs, replays RUNS times to the sound bot, and once to a bot with each of
# the changes of tests/bots/changes.h. Prints what was found and the first line of each report. Exit status 1 if there
# is a false finding, if a change is not found, or if its line does not name the request, what changed and its cause.
set -euo pipefail
build=$(realpath "$1") runs=${2:-100} learnt=${3:-5} seed=${4:-1}
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tests/bots/processes.sh
trap finish EXIT
bot=("$build/tests/bots/sample_bot")
quick=(--asap --patience 2s --settle 150ms --answer-limit 1s)
missed=0

# player COMMAND… -- FAULT…: runs a rollcall command against a fresh noisy bot; its output is in $run/out then.
player() {
  local command=() status=0 started_bot
  while [ "$1" != -- ]; do command+=("$1"); shift; done
  shift
  promise graph
  start bot "${bot[@]}" --listen 127.0.0.1:0 --graph "@$run/graph" "$@"
  started_bot=$started
  start player "$build/rollcall" "${command[@]}" --bot "$ready" --graph-listen 127.0.0.1:0
  keep graph "$(address graph)"
  cat <&"${outputs[$started]}" > "$run/out"
  ended "$started" || status=$?
  stop "$started_bot" || true
  return "$status"
}

miss() {
  echo "MISSED: $*"
  missed=1
}

# What each line has to say: the request (method and path), what changed, and the cause where there is one.
declare -A request=(
  [after-the-end]='POST /v1.0/communications/calls/.*/mute' [enum-changed]='POST /v1.0/communications/calls:'
  [flag-flipped]='POST .*/participants/invite' [invite-doubled]='POST .*/participants/invite'
  [invite-missing]='POST .*/participants/invite' [leaves-unasked]='DELETE /v1.0/communications/calls/'
  [member-added]='POST .*/mute'
  [member-removed]='POST /v1.0/communications/calls:' [no-context]='POST .*/mute'
  [no-hang-up]='DELETE /v1.0/communications/calls/' [number-as-text]='POST .*/participants/invite'
  [number-far-off]='POST .*/participants/invite' [order-swapped]='DELETE /v1.0/communications/calls/'
  [other-callback]='POST /v1.0/communications/calls:' [other-language]='POST .*/mute'
  [server-error]='POST /api/calls' [slow-answer]='POST /api/calls' [text-as-object]='POST .*/participants/invite'
  [text-emptied]='POST .*/mute' [time-missing]='POST .*/mute' [token-without-id]='POST .*/participants/invite'
  [unknown-request]='POST .*/startHoldMusic' [wrong-call]='POST .*deadbeef.*/mute'
  [wrong-person]='POST .*/participants/invite')
declare -A change=(
  [after-the-end]='^doubled request' [enum-changed]='/requestedModalities/0 is "video", recorded "audio"'
  [flag-flipped]='/silent is false, recorded true' [invite-doubled]='^doubled request'
  [invite-missing]='^missing request' [member-added]='with /unasked: true'
  [leaves-unasked]='^request out of order.*came before exchange [0-9]*, POST /api/hang-up, which it answers to'
  [member-removed]='without /mediaConfig: {' [no-context]='without /clientContext: "'
  [no-hang-up]='^missing request' [number-as-text]='/weight is "[0-9]*", recorded [0-9]'
  [number-far-off]='/weight is 250000, recorded [0-9]' [order-swapped]='^request out of order.*came before exchange'
  [other-callback]='/callbackUri is "http.*/api/calls/v2", recorded "http' [other-language]='/note is "П.*, recorded "'
  [server-error]='status is 500, recorded 202' [slow-answer]='^late answer.*took 1\.[0-9]* s'
  [text-as-object]='/note is {"text":.*, recorded "' [text-emptied]='/note is "", recorded "'
  [time-missing]='/at is null, recorded "' [token-without-id]='/trace is "trace-none", recorded "trace-'
  [unknown-request]='^unknown request.*path is /v1' [wrong-call]='^unknown request.*path is /v1.*deadbeef'
  [wrong-person]='/participants/0/identity/user/id is "deadbeef.*", recorded "')
cause='; \(due in the recording \)\?after exchange [0-9]*\( of the live run\)\?, [A-Z]* /'

record_call five-operations-in-flight "$build" "$run/corpus" "${bot[@]}" --noise "$seed"
session=$run/corpus/five-operations-in-flight.session.jsonl
player learn "$session" --runs "$learnt" "${quick[@]}" -- --noise $((seed + 1)) || { cat "$run/out" "$run/player.err"; exit 1; }
grep '^learnt: ' "$run/out" | sed "s|$run/||"

status=0
player replay "$session" --repeat "$runs" "${quick[@]}" --lateness-budget 1m --json "$run/report.json" -- \
  --noise $((seed + 2)) || status=$?
differed=$(grep -c ': different$' "$run/player.err" || true)
echo "false findings: $differed of $runs runs differed (exit status $status)"
if [ "$status" != 0 ]; then
  miss "a sound bot was found to differ"
  grep -v '^  *noise' "$run/out" | head -60
fi

found=0 named=0 all=0
for name in $(printf '%s\n' "${!request[@]}" | sort); do
  all=$((all + 1)) status=0
  pace=("${quick[@]}")
  # Without waiting, somebody asks for the end as soon as the bot has muted the last one, and so hardly behind it.
  [ "$name" = leaves-unasked ] && pace=("${quick[@]:1}")
  player replay "$session" "${pace[@]}" --lateness-budget 1m -- --noise $((seed + 10 + all)) --change "$name" || status=$?
  line=$(sed -n 's/^  1\. //p' "$run/out")
  if [ "$status" = 1 ]; then found=$((found + 1)); else miss "$name: exit status $status"; fi
  good=1
  for part in "${request[$name]}" "${change[$name]}"; do
    grep -q -- "$part" <<< "$line" || { miss "$name: the line does not say '$part'"; good=0; }
  done
  # What the bot is told has no cause that the report could name: it is the delivery itself that is answered.
  if [[ $name != server-error && $name != slow-answer ]] && ! grep -q -- "$cause" <<< "$line"; then
    miss "$name: the line names no cause"
    good=0
  fi
  named=$((named + good))
  echo "$name: $line"
done
echo "changes found: $found of $all; named with request, change and cause in the first line: $named of $all"
exit "$missed"
