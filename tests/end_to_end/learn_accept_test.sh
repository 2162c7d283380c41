#!/usr/bin/env bash
# Real processes: noise that was learnt keeps a noisy bot the same, in replay and in judge; a run that was accepted is the
# same as itself, and the bot the same as it.
#
#   learn_accept_test.sh BUILD
set -euo pipefail
build=$(realpath "$1")
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tests/bots/processes.sh
source tests/end_to_end/expect.sh
trap finish EXIT
bot=("$build/tests/bots/sample_bot")
quick=(--asap --patience 2s --settle 200ms)
# against BOT… -- STATUS TEXT COMMAND…: the same with a fresh bot that has these options.
against() {
  local options=() status text got=0 started_bot
  while [ "$1" != -- ]; do options+=("$1"); shift; done
  status=$2 text=$3
  shift 3
  promise graph
  start bot "${bot[@]}" --listen 127.0.0.1:0 --graph "@$run/graph" "${options[@]}"
  started_bot=$started
  start player "$build/rollcall" "$@" --bot "$ready" --graph-listen 127.0.0.1:0
  keep graph "$(address graph)"
  cat <&"${outputs[$started]}" > "$run/out"
  ended "$started" || got=$?
  cp "$run/player.err" "$run/err"
  stop "$started_bot" || true
  [ "$got" = "$status" ] || fail "exit status $got, not $status: $*"
  grep -qF -- "$text" "$run/out" "$run/err" || fail "no \"$text\": $*"
}

record_call invite-completes "$build" "$run" "${bot[@]}" --noise 1
session=$run/invite-completes.session.jsonl
noise=$run/invite-completes.noise.json
replay=(replay "$session" "${quick[@]}" --lateness-budget 1m)

# Without noise a noisy bot differs; with it, it does not, and a change of it still does.
against --noise 2 -- 1 "different request: " "${replay[@]}"
against --noise 3 -- 0 "learnt: $noise: 5 runs" learn "$session" "${quick[@]}"
against --noise 4 -- 0 "suppressed ($noise, learnt from 5 runs)" "${replay[@]}" --live "$run/noisy.session.jsonl"
expect 0 "/note: wording of" judge "$session" "$run/noisy.session.jsonl" --lateness-budget 1m
expect 1 "/note" judge "$session" "$run/noisy.session.jsonl" --lateness-budget 1m --no-noise
against --noise 5 --change text-as-object -- 1 '/note is {"text":' "${replay[@]}"
against --noise 6 -- 0 "learnt: $noise: 7 runs" learn "$session" "${quick[@]}" --runs 2
expect 2 "says nothing with --no-noise" judge "$session" "$run/noisy.session.jsonl" --no-noise --noise "$noise"
expect 2 "no such file" judge "$session" "$run/noisy.session.jsonl" --noise "$run/none.json"

# What is no noise is not learnt, and what was learnt stays.
cp "$noise" "$run/before.json"
against --noise 8 --drop invite -- 1 "came in no run: that is no noise" learn "$session" "${quick[@]}" --runs 2 --anew
against --noise 7 --die 3 -- 1 "this is no noise" learn "$session" "${quick[@]}" --runs 1
cmp "$noise" "$run/before.json" || fail "a bad run changed $noise"

# A broken file is named with its line; one of another version of the session is told.
sed '2s/.*/  "session":7/' "$noise" > "$run/broken.json"
expect 2 "broken.json:" judge "$session" "$run/noisy.session.jsonl" --noise "$run/broken.json"

# A change that was reviewed becomes the recording.
cp corpus/sessions/invite-completes.session.jsonl "$run/sound.session.jsonl"
sound=$run/sound.session.jsonl
against --no-mute -- 1 "missing request: POST" replay "$sound" "${quick[@]}" --lateness-budget 1m \
  --live "$run/cut.session.jsonl"
expect 1 "were withheld" accept "$sound" "$run/cut.session.jsonl"
cmp "$sound" corpus/sessions/invite-completes.session.jsonl || fail "a refused run changed the recording"
against --body invite -- 1 "different request: POST" replay "$sound" "${quick[@]}" --lateness-budget 1m \
  --live "$run/changed.session.jsonl"
expect 0 "accepted: $run/new.session.jsonl" accept "$sound" "$run/changed.session.jsonl" --out "$run/new.session.jsonl" \
  --lateness-budget 1m
expect 0 "same: " judge "$run/new.session.jsonl" "$run/changed.session.jsonl" --lateness-budget 1m
expect 0 "fine" corpus verify "$run/new.session.jsonl"
against --body invite -- 0 "same: " replay "$run/new.session.jsonl" "${quick[@]}" --lateness-budget 1m
against -- 1 "different request: POST" replay "$run/new.session.jsonl" "${quick[@]}" --lateness-budget 1m
expect 2 "is there already" accept "$sound" "$run/changed.session.jsonl" --out "$run/new.session.jsonl"
# In place; noise beside it is told to be of the old one, and reports say so.
expect 0 "was learnt from the old recording" accept "$session" "$run/noisy.session.jsonl" --lateness-budget 1m
expect 0 "learnt from another version of this session" judge "$session" "$run/noisy.session.jsonl" --lateness-budget 1m
expect 2 "--anew replaces it" learn "$session" --bot http://127.0.0.1:9
exit "$failed"
