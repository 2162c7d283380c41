#!/usr/bin/env bash
# Wrong use of replay, judge and corpus: one clear line on standard error, and the exit status that was promised.
#
#   usage_test.sh BUILD
set -euo pipefail
build=$(cd "$1" && pwd)
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tests/bots/processes.sh
trap finish EXIT
sample=$PWD/corpus/sessions/incoming-call.session.jsonl
failed=0

# expect STATUS TEXT ARGUMENT…: what `rollcall ARGUMENT…` says and leaves with.
expect() {
  local status=$1 text=$2 got=0
  shift 2
  timeout 300 "$build/rollcall" "$@" > "$run/out" 2> "$run/err" || got=$?
  if [ "$got" != "$status" ] || ! grep -qF -- "$text" "$run/err" || [ "$(wc -l < "$run/err")" != 1 ]; then
    echo "FAILED: rollcall $*: exit status $got (not $status), on standard error (not one line with \"$text\"):" >&2
    cat "$run/err" >&2
    failed=1
  fi
}

printf 'no session\n' > "$run/text.session.jsonl"
mkdir "$run/empty"

expect 2 "frobnicate" frobnicate
expect 2 "--loud" replay "$sample" --bot http://127.0.0.1:1 --loud
expect 2 "bot" replay "$sample"
expect 2 "session" replay --bot http://127.0.0.1:1
expect 2 "ftp" replay "$sample" --bot ftp://127.0.0.1
expect 2 "not-a-url" replay "$sample" --bot not-a-url
expect 2 "9a" replay "$sample" --bot http://127.0.0.1:1 --graph-listen 127.0.0.1:9a
expect 2 "--speed" replay "$sample" --bot http://127.0.0.1:1 --speed 0
expect 2 "soon" replay "$sample" --bot http://127.0.0.1:1 --patience soon
expect 2 "participants" replay "$sample" --bot http://127.0.0.1:1 --ignore participants/0
expect 2 "nowhere.session.jsonl" replay "$run/nowhere.session.jsonl" --bot http://127.0.0.1:1
expect 2 "text.session.jsonl" replay "$run/text.session.jsonl" --bot http://127.0.0.1:1
expect 2 "$run/empty" replay "$run/empty" --bot http://127.0.0.1:1
expect 2 "is there already" replay "$sample" --bot http://127.0.0.1:1 --live "$run/text.session.jsonl"
expect 2 "--step" replay "$sample" "$sample" --bot http://127.0.0.1:1 --step
expect 2 "says nothing with --asap" replay "$sample" --bot http://127.0.0.1:1 --asap --speed 1
expect 2 "says nothing with --asap" replay "$sample" --bot http://127.0.0.1:1 --asap --max-gap 1s
expect 2 "says nothing with --keep-ids" replay "$sample" --bot http://127.0.0.1:1 --keep-ids --seed 1
expect 2 "says nothing without --exec" replay "$sample" --bot http://127.0.0.1:1 --start-limit 1s
expect 2 "--lateness-budget" learn "$sample" --bot http://127.0.0.1:1 --lateness-budget 1s
expect 2 "--histograms" learn "$sample" --bot http://127.0.0.1:1 --histograms
expect 2 "--deadline-factor" accept "$sample" "$run/text.session.jsonl" --deadline-factor 2
expect 2 "--histograms" fuzz "$sample" --bot http://127.0.0.1:1 --histograms
cp "$sample" "$run/own.session.jsonl"
ln -s own.session.jsonl "$run/link.session.jsonl"
ln "$run/own.session.jsonl" "$run/hard.session.jsonl"
for same in own link hard ../"${run##*/}"/own; do
  expect 2 "is the recording itself" accept "$run/own.session.jsonl" "$run/$same.session.jsonl"
done
cmp "$sample" "$run/own.session.jsonl" || failed=1
rm "$run"/{own,link,hard}.session.jsonl
expect 2 "sometimes" replay "$sample" --bot http://127.0.0.1:1 --color sometimes
expect 2 "--bot" fuzz "$sample"
expect 2 "--allow-host" fuzz "$sample" --bot http://192.0.2.1:1
expect 2 "nonsense" fuzz "$sample" --bot http://127.0.0.1:1 --only nonsense
expect 2 "--weights" fuzz "$sample" --bot http://127.0.0.1:1 --weights order=many
expect 2 "--only identity" fuzz "$sample" --bot http://127.0.0.1:1 --only identity
expect 2 "--runs" fuzz "$sample" --bot http://127.0.0.1:1 --runs 0
expect 2 "--time" fuzz "$sample" --bot http://127.0.0.1:1 --runs 5 --time 1s
expect 2 "--jobs" fuzz "$sample" --bot http://127.0.0.1:1 --jobs 2
expect 2 "nowhere" fuzz "$run/nowhere" --bot http://127.0.0.1:1
expect 3 "no bot there" fuzz "$sample" --bot http://127.0.0.1:1
expect 2 "no finding" shrink "$sample" --bot http://127.0.0.1:1
expect 2 "--budget" shrink "$sample" --bot http://127.0.0.1:1 --budget 0
expect 2 "--limit" explore "$sample" --bot http://127.0.0.1:1 --limit 0
expect 3 "no bot there" explore "$sample" --bot http://127.0.0.1:1
expect 3 "no bot there" replay "$sample" --bot http://127.0.0.1:1
expect 3 "192.0.2.1" replay "$sample" --bot http://127.0.0.1:1 --graph-listen 192.0.2.1:0
expect 3 "no-such-folder" replay "$sample" --bot http://127.0.0.1:1 --live "$run/no-such-folder/live.session.jsonl"
expect 3 "--html" judge "$sample" "$sample" --html "$run/no-such-folder/report.html"

# What is read is never written over, by whatever name.
cp "$sample" "$run/own.session.jsonl"
ln -s own.session.jsonl "$run/link.session.jsonl"
for option in --json --junit --html --exec-log --tls-ca-out; do
  expect 2 "$option $run/link.session.jsonl: is read by this command: it would be lost" \
    replay "$run/own.session.jsonl" --exec true --tls auto --tls-ca-key "$run/ca.key" "$option" "$run/link.session.jsonl"
done
expect 2 "would be lost" judge "$sample" "$run/own.session.jsonl" --json "$run/own.session.jsonl"
cmp "$sample" "$run/own.session.jsonl" || { echo "FAILED: a recording was written over" >&2; failed=1; }
expect 2 "is the file of --json already" judge "$sample" "$sample" --json "$run/report" --junit "$run/report"
expect 2 "is the file of --tls-ca-out already" replay "$sample" --bot http://127.0.0.1:1 --tls auto \
  --tls-ca-out "$run/ca" --tls-ca-key "$run/ca"
expect 2 "--repeat: must be a number from 1 to" replay "$sample" --bot http://127.0.0.1:1 --repeat 0
expect 2 "--repeat -1: must not be negative" replay "$sample" --bot http://127.0.0.1:1 --repeat -1
expect 2 "--runs -1: must not be negative" learn "$sample" --bot http://127.0.0.1:1 --runs=-1
expect 2 "--runs -3: must not be negative" fuzz "$sample" --bot http://127.0.0.1:1 --runs -3
expect 2 "--budget -1: must not be negative" shrink "$sample" --bot http://127.0.0.1:1 --budget -1
expect 2 "--limit -1: must not be negative" explore "$sample" --bot http://127.0.0.1:1 --limit -1
expect 2 "nowhere" judge "$sample" "$run/nowhere"
expect 2 "live" judge "$sample"
expect 2 "command" corpus
expect 2 "frobnicate" corpus frobnicate
expect 2 "text.session.jsonl" corpus verify "$run/text.session.jsonl"
expect 2 "text.session.jsonl" corpus show "$run/text.session.jsonl"
expect 2 "out" corpus split "$sample"
expect 2 "out" corpus seeds "$sample"
expect 2 "nowhere" corpus seeds "$run/nowhere" --out "$run/seeds"
expect 3 "text.session.jsonl" corpus seeds "$sample" --out "$run/text.session.jsonl"
expect 2 "--payloads" corpus seeds --out "$run/seeds"
expect 2 "$run/empty" corpus seeds --payloads "$run/empty" --out "$run/seeds"
expect 2 "nowhere" corpus seeds --payloads "$run/nowhere" --out "$run/seeds"
expect 2 "no kind 'rosters'" corpus seeds "$sample" --kind rosters --out "$run/seeds"

expect 2 "too many" --version now

# Results that cannot be written are no results, whichever command they are of.
for command in --version --help "corpus list $sample" "corpus show $sample" "corpus verify $sample" "judge $sample $sample"; do
  got=0
  # shellcheck disable=SC2086
  timeout 300 "$build/rollcall" $command > /dev/full 2> "$run/err" || got=$?
  if [ "$got" != 3 ] || ! grep -q "standard output cannot be written" "$run/err"; then
    echo "FAILED: rollcall $command > /dev/full: exit status $got" >&2
    failed=1
  fi
done

# A reader that has had enough is no news, however much is left to say.
{ "$build/rollcall" corpus show corpus/sessions corpus/sessions corpus/sessions 2> "$run/err" || true; } | head -n 1 > /dev/null
[ ! -s "$run/err" ] || { echo "FAILED: corpus show | head: $(cat "$run/err")" >&2; failed=1; }

# A port that is in use.
start holder "$build/rollcall" record --corpus "$run/held" --name held --bot http://127.0.0.1:1 --graph http://127.0.0.1:1
port=$(address graph)
expect 3 "in use" replay "$sample" --bot http://127.0.0.1:1 --graph-listen "${port#http://}"
stop "$started"

# A recording that was cut off can be replayed and read, and is told from a whole one.
head -n 5 "$sample" > "$run/cut.session.jsonl"
got=0
"$build/rollcall" corpus verify "$run/cut.session.jsonl" > "$run/out" || got=$?
[ "$got" = 1 ] && grep -q "cut" "$run/out" || { echo "FAILED: corpus verify of a cut recording: $got" >&2; failed=1; }

# Splitting a recording of one call gives that call, and nothing is written over.
"$build/rollcall" corpus split "$sample" --out "$run/parts" > "$run/out"
[ "$(cat "$run/out")" = "$run/parts/incoming-call-1.session.jsonl" ] || { echo "FAILED: corpus split" >&2; failed=1; }
"$build/rollcall" corpus verify "$run/parts" > /dev/null
"$build/rollcall" judge "$sample" "$run/parts/incoming-call-1.session.jsonl" > /dev/null
expect 2 "is there already" corpus split "$sample" --out "$run/parts"

# Payloads of one's own become seeds of the kind that they are said to be, and words.
mkdir "$run/payloads"
printf '{"shape":"mine"}' > "$run/payloads/a.json"
"$build/rollcall" corpus seeds --payloads "$run/payloads" --kind invite --out "$run/own" > "$run/out"
cmp "$run/payloads/a.json" "$run"/own/invite/* || failed=1
grep -qF '\x22mine\x22' "$run/own/words.dict" || { echo "FAILED: corpus seeds --payloads: no words" >&2; failed=1; }

# Read to the end: a grep that leaves at the first match would be a broken pipe to whoever has more to say.
for command in record replay judge "corpus list" "corpus show" "corpus verify" "corpus split" "corpus seeds"; do
  # shellcheck disable=SC2086
  "$build/rollcall" $command --help | grep "rollcall $command" > /dev/null || { echo "FAILED: $command --help" >&2; failed=1; }
done
exit "$failed"
