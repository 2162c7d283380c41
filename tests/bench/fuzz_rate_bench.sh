#!/usr/bin/env bash
# How many mutated sessions a second `rollcall fuzz` plays to the sample bot: of the sample sessions of 8 to 11 deliveries,
# whose median is 10, and of all of them. The rate is the one that the command tells: of new sessions, without the time in
# which something was looked at again. Median and best of the rounds; exit status 1 if the median of the first misses 300,
# 3 if it could not be run, or the sound bot was found to do anything wrong.
#
#   fuzz_rate_bench.sh BUILD
#   RUNS=1500 ROUNDS=5 fuzz_rate_bench.sh BUILD
set -euo pipefail
build=$(realpath "$1")
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
runs=${RUNS:-1500} rounds=${ROUNDS:-5}
few=$(mktemp -d)
log=$(mktemp)
trap 'rm -rf "$few" "$log"' EXIT

deliveries() { grep -c '"leg":"webhook"' "$1"; }

median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

for session in corpus/sessions/*.session.jsonl; do
  count=$(deliveries "$session")
  if [ "$count" -ge 8 ] && [ "$count" -le 11 ]; then cp "$session" "$few"; fi
done

# rate FOLDER SEED: sessions in a second.
rate() {
  "$build/rollcall" fuzz "$1" --runs "$runs" --seed "$2" \
    --exec "exec $build/tests/bots/sample_bot --graph {graph} --listen {host}:{port}" > "$log" 2>&1 || { cat "$log" >&2; exit 3; }
  sed -n 's/.* mutated sessions in .*(\([0-9]*\) a second.*/\1/p' "$log"
}

missed=0
for folder in "$few" corpus/sessions; do
  middle=$(for session in "$folder"/*.session.jsonl; do deliveries "$session"; done | median)
  rates=()
  for ((round = 1; round <= rounds; ++round)); do
    reached=$(rate "$folder" $((round * 100000))) || exit 3
    rates+=("$reached")
  done
  usual=$(printf '%s\n' "${rates[@]}" | median)
  best=$(printf '%s\n' "${rates[@]}" | sort -n | tail -n 1)
  echo "$(find "$folder" -name '*.session.jsonl' | wc -l) recordings, in the median of $middle deliveries: $usual sessions/s, best $best"
  [ "$folder" != "$few" ] || [ "$usual" -ge 300 ] || missed=1
done
exit "$missed"
