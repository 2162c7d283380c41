#!/usr/bin/env bash
# Input that nobody means well with: what is no file in a folder of sessions, names that are paths, sessions that HTTP cannot
# carry, lines without end.
#
#   hostile_test.sh BUILD
set -euo pipefail
build=$1
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tests/bots/processes.sh
trap finish EXIT
source tests/end_to_end/expect.sh
sample=corpus/sessions/invite-completes.session.jsonl

# A pipe that nobody writes to would be waited for until the time is over.
mkdir "$run/folder"
cp "$sample" "$run/folder/good.session.jsonl"
mkfifo "$run/folder/pipe.session.jsonl"
ln -s /dev/zero "$run/folder/device.session.jsonl"
ln -s good.session.jsonl "$run/folder/link.session.jsonl"
for name in pipe device link; do
  expect 0 "left out: $run/folder/$name.session.jsonl: no regular file" corpus verify "$run/folder"
done
expect 0 "good.session.jsonl" corpus list "$run/folder"
[ "$(wc -l < "$run/out")" = 2 ] || fail "something else than the good session is listed"
rm "$run/folder/good.session.jsonl"
expect 2 "no *.session.jsonl in this folder" corpus verify "$run/folder"

# A name is a name.
for name in ../out a/b 'a\b' $'a\nb' $'a\eb' .hidden; do
  expect 2 "is no file name" record --corpus "$run/corpus" --bot http://127.0.0.1:1 --name "$name"
done
[ ! -e "$run/corpus" ] || fail "a folder was made for a name that was refused"

# What would reach the bot as two requests does not reach it at all.
sed '2s|\["User-Agent","|["User-Agent","x\\r\\n\\r\\nGET /stop HTTP/1.1\\r\\nA: |' "$sample" > "$run/header.session.jsonl"
expect 2 "header.session.jsonl:2: exchange 1 cannot be played: a header's value holds a line break" \
  replay "$run/header.session.jsonl" --asap --bot http://127.0.0.1:1 --graph-listen 127.0.0.1:0
sed '2s|"target":"|"target":"/a HTTP/1.1\\r\\nA: b|' "$sample" > "$run/target.session.jsonl"
expect 2 "target.session.jsonl:2: exchange 1 cannot be played: its target" \
  replay "$run/target.session.jsonl" --asap --bot http://127.0.0.1:1 --graph-listen 127.0.0.1:0

# A line of 300 MiB is damage; the exchanges before and behind it stay. (The file is sparse.)
head -n 3 "$sample" > "$run/long.session.jsonl"
truncate -s 300M "$run/long.session.jsonl"
{ echo; tail -n +4 "$sample"; } >> "$run/long.session.jsonl"
expect 1 "long.session.jsonl:4: the line is longer than 256 MiB" corpus verify "$run/long.session.jsonl"
expect 1 "long.session.jsonl: the file is bad (1)" corpus verify "$run/long.session.jsonl"

# Damage is never dropped in silence, and never copied: in place the file stays, elsewhere the rest of it goes.
{ cat "$sample"; echo 'broken Ada Brook'; } > "$run/damaged.session.jsonl"
cp "$run/damaged.session.jsonl" "$run/before"
expect 2 "has damaged lines, and stays as it is" corpus redact "$run/damaged.session.jsonl" --people
cmp "$run/damaged.session.jsonl" "$run/before" || fail "a damaged session was replaced"
lines=$(wc -l < "$run/before")
expect 2 "damaged.session.jsonl:$lines: " corpus redact "$run/damaged.session.jsonl" --people --out "$run/out.session.jsonl"
! grep -q "Ada" "$run/out.session.jsonl" || fail "a damaged line was copied"
expect 2 "is there already" corpus redact "$sample" --out "$run/out.session.jsonl"
expect 0 "out.session.jsonl" corpus redact "$run/out.session.jsonl" --out "$run/out.session.jsonl"
echo short > "$run/key"
expect 2 "a key has at least 16 bytes" corpus redact "$sample" --key-file "$run/key" --out "$run/never"
printf "# rules\na b c\n" > "$run/rules"
expect 2 "rules:2: expected member" corpus verify "$sample" --leak-rules "$run/rules"
exit "$failed"
