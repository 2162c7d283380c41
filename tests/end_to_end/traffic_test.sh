#!/usr/bin/env bash
# Real processes: a sound bot is found to do nothing wrong, bots with one mistake each are found out, and what was found can be
# replayed and made small.
#
#   traffic_test.sh BUILD
set -euo pipefail
build=$(realpath "$1")
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tests/bots/processes.sh
source tests/end_to_end/expect.sh
trap finish EXIT
samples=$PWD/corpus/sessions
incoming=$samples/incoming-call.session.jsonl
group=$samples/group-call.session.jsonl
sound="exec $build/tests/bots/sample_bot --graph {graph} --listen 127.0.0.1:{port}"
expect 0 "300 mutated sessions in" fuzz "$samples" --exec "$sound" --runs 300 --seed 1
grep -q "nothing found" "$run/out" || fail "a sound bot was found to do something wrong"

# A bot that somebody else has started, and one at a time.
promise graph
start bot "$build/tests/bots/sample_bot" --graph "@$run/graph"
bot=$ready
start other "$build/rollcall" record --corpus "$run/unused" --name unused --bot "$bot" --webhook-listen 127.0.0.1:0 \
  --graph http://127.0.0.1:1 --graph-listen 127.0.0.1:0
port=$(address graph)
stop "$started" || true
keep graph "$port"
expect 0 "40 mutated sessions in" fuzz "$incoming" --bot "$bot" --graph-listen "${port#http://}" --runs 40 --seed 1

# Found, kept, replayed, made small; and the smaller one still shows it. A second run keeps nothing twice.
broken="$sound --flaw dies-after-end"
expect 1 "finding: died: " fuzz "$group" --exec "$broken" --runs 60 --seed 1 --only number,time --findings "$run/found"
finding=$(ls "$run/found"/died-*.session.jsonl | head -n 1)
count=$(ls "$run/found" | wc -l)
before=$(sha256sum "$run/found"/*)
expect 1 "bot died" replay "$finding" --asap --exec "$broken"
expect 1 "finding: died: " fuzz "$group" --exec "$broken" --runs 60 --seed 1 --only number,time --findings "$run/found"
sha256sum --quiet --check <<< "$before" || fail "a finding that was there was written anew"
state=${finding%.session.jsonl}.shrink.json
expect 0 "the budget is used up" shrink "$finding" --exec "$broken " --out "$run/begun.session.jsonl" --budget 5
expect 0 "beginning anew" shrink "$finding" --exec "$broken" --out "$run/begun.session.jsonl" --budget 5
[ -e "$state" ] || fail "what is known was not kept"
sed 's/"died: /"closed: /' "$state" > "$run/state.json"
expect 0 "the bot died (exit status 1)" shrink "$finding" --exec "$broken" --out "$run/small.session.jsonl"
[ ! -e "$state" ] || fail "what is known was kept although nothing is left to try"
cp "$run/state.json" "$state"
expect 2 "is about another finding" shrink "$finding" --exec "$broken" --out "$run/none.session.jsonl"
rm "$state"
lines=$(wc -l < "$run/small.session.jsonl")
[ "$lines" -le 12 ] || fail "$lines lines are left of $(wc -l < "$finding")"
expect 1 "bot died" replay "$run/small.session.jsonl" --asap --exec "$broken"
expect 4 "not shown in 5 runs" shrink "$finding" --exec "$sound" --out "$run/none.session.jsonl"
[ ! -e "$run/none.session.jsonl" ] || fail "a finding that was not shown was written"
[ "$count" -ge 1 ]

# The same seed makes the same sessions: the bot dies of the same one, by the same mutations.
for run_of in one two; do
  expect 1 "from seed 3" fuzz "$group" --exec "$broken" --runs 80 --seed 3 --jobs 1 --only number,time --until died
  grep -m 1 -o '^  by .* (seed [0-9]*' "$run/out" > "$run/$run_of"
done
cmp "$run/one" "$run/two" > "$run/out" || fail "two runs from one seed found different things"

# What Graph may do leads to other requests; a clean session does not pass afterwards.
expect 1 "finding: different: doubled request, POST /calls/{}/answer" fuzz "$incoming" \
  --exec "$sound --flaw answers-twice" --runs 60 --seed 1 --only number --legal-only --findings "$run/twice"
twice=$(grep -l 'doubled request' "$run/twice"/different-*.session.jsonl | head -n 1)
expect 0 "doubled request: POST" shrink "$twice" --exec "$sound --flaw answers-twice" \
  --out "$run/twice.session.jsonl"
lines=$(wc -l < "$run/twice.session.jsonl")
[ "$lines" -le 14 ] || fail "$lines lines are left of $(wc -l < "$twice")"
# What is left demands nothing that a bot which is right would not do.
expect 0 "same: " replay "$run/twice.session.jsonl" --asap --exec "$sound"
# One that is looked at for longer is seen to come to no end.
expect 1 "finding: too-soon: " fuzz "$incoming" --exec "$sound --flaw asks-forever" --runs 100 --seed 1 --only answers \
  --until too-soon --findings "$run/again"
expect 1 "finding: endless: " explore "$(ls "$run/again"/too-soon-*.session.jsonl | head -n 1)" \
  --exec "$sound --flaw asks-forever" --limit 1 --duplicates 0 --drops 0
expect 1 "finding: wedged: " fuzz "$incoming" --exec "$sound --flaw wedges" --runs 30 --seed 1 --only http

# The sample bot looks at no token.
expect 1 "finding: broken-token: " fuzz "$incoming" --exec "$sound" --runs 30 --seed 1 --only identity \
  --app-id 11111111-2222-4333-8444-555555555555 --findings "$run/tokens"
expect 0 "a message with a broken token" shrink "$(ls "$run/tokens"/*.session.jsonl | head -n 1)" --exec "$sound" \
  --app-id 11111111-2222-4333-8444-555555555555 --out "$run/token.session.jsonl"

# What says nothing, or nothing that can be done.
expect 2 "must not be negative" fuzz "$incoming" --exec "$sound" --runs -3
expect 2 "must be greater than 0" fuzz "$incoming" --exec "$sound" --time 0s
expect 2 "allows no mutation" fuzz "$incoming" --exec "$sound" --runs 5 --only order --weights order=0
expect 2 "allows no mutation" fuzz "$incoming" --exec "$sound" --runs 5 --only answers --legal-only --weights answers=0
expect 2 "must be 0, or a number from 0.000001" fuzz "$incoming" --exec "$sound" --rate 1e-11

# A session that the bot does not pass is nothing to begin with.
expect 2 "does not pass as it is" fuzz "$incoming" --exec "$sound --drop answer" --runs 5

# Orders.
expect 0 "the one order of 15 deliveries that the causes allow: none fails" explore "$group" --exec "$sound"
grep -q "all 59 ways to have one of 13 notifications twice: none fails" "$run/out" || fail "which came twice"
grep -q "all 13 ways to leave one of 13 notifications out: none fails" "$run/out" || fail "which were left out"

# session_of NOTICE…: a session of deliveries that do not wait for each other. NOTICE: CHANGE:END OF THE PATH:DATA
session_of() {
  local number=0 notice change path data
  echo '{"rollcall":1,"name":"made","started":"2026-11-24T10:00:00.000000Z","bot":"http://b","graph":"http://g","origin":"o"}'
  for notice in "$@"; do
    IFS=: read -r change path data <<< "$notice"
    number=$((number + 1))
    echo '{"x":'$number',"t":'$number'000,"leg":"webhook","after":[],"request":{"method":"POST","target":"/api/calls",'\
      '"headers":[["Content-Type","application/json"]],"json":{"value":[{"changeType":"'$change'","resourceUrl":'\
      '"/communications/calls/57dab8b1-894c-409a-b240-bd8beae7889'$path'","resourceData":'$data'}]}}}'
    echo '{"x":'$number',"t":'$number'500,"response":{"status":202,"headers":[["Content-Length","0"]]}}'
  done
  echo '{"end":{"t":'$number'900,"messages":'$((2 * number))'}}'
}
call() { echo '{"@odata.type":"#microsoft.graph.call","state":"'$1'"}'; }

# Two of one call, its empty roster and its end, and two of other calls.
session_of updated:1/participants:'[]' deleted:1:"$(call terminated)" updated:2:"$(call established)" \
  updated:3:"$(call established)" > "$run/four.session.jsonl"
expect 0 "all 24 orders of 4 deliveries that the causes allow: none fails" explore "$run/four.session.jsonl" --exec "$sound"
expect 1 "all 24 orders of 4 deliveries that the causes allow: 12 fail" explore "$run/four.session.jsonl" --exec "$broken" \
  --findings "$run/orders"
grep -q "12 x died: .* each time with 2 (.*deleted .*) before 1 (.*participants" "$run/out" || fail "what they have in common"
expect 1 "bot died" replay "$(ls "$run/orders"/died-*.session.jsonl | head -n 1)" --asap --exec "$broken"

# One notification twice, or not at all.
expect 1 "8 of 29 ways to have one of 7 notifications twice: 2 fail" explore "$incoming" --exec "$sound --flaw answers-twice" \
  --duplicates 8 --drops 0 --findings "$run/doubled"
! grep -q "notifications out" "$run/out" || fail "what was not asked for"
doubled=$(ls "$run/doubled"/different-*.session.jsonl | head -n 1)
expect 1 "doubled request" replay "$doubled" --asap --exec "$sound --flaw answers-twice"
expect 0 "" replay "$doubled" --asap --exec "$sound"
session_of updated:1:"$(call established)" updated:1/participants:'[]' > "$run/two.session.jsonl"
expect 1 "all 2 ways to leave one of 2 notifications out: 1 fails" explore "$run/two.session.jsonl" \
  --exec "$sound --flaw dies-early-roster" --limit 1 --duplicates 0
grep -q "1 x died: .*, with 1 (.*established)" "$run/out" || fail "which must not be left out"

# A person who has seen enough. It has begun once it says how far it is.
mkfifo "$run/told"
"$build/rollcall" fuzz "$incoming" --exec "$sound" --time 1h --seed 5 > "$run/out" 2> "$run/told" &
fuzzer=$!
pids+=("$fuzzer")
read -r line < "$run/told"
kill -INT "$fuzzer"
wait "$fuzzer" || fail "interrupted, it left with $?"
grep -q "from seed 5, interrupted: nothing found" "$run/out" || fail "it does not say that it was interrupted"

exit "$failed"
