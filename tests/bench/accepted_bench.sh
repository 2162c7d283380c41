#!/usr/bin/env bash
# Well-formed envelopes per second of processor time that the fuzz target `notification` is given: with the mutator,
# beside plain libFuzzer and libFuzzer with the dictionary of the same recordings.
#
#   tests/bench/accepted_bench.sh [SECONDS]
#       SECONDS of processor time for each run, 25 by default (in the first few, nearly every input is new to the engine,
#       and to take it in is what the time goes into); ROUNDS=5 runs of each, with the seeds 1…ROUNDS;
#       MAX_LEN=16384, BUILD=build/fuzz-fast, ROLLCALL=build/release/rollcall
#
# What counts as an envelope stands in tests/bench/accepted/envelope.h; beside it, how many of these the typed parser takes
# with all of their data. Same target, same inputs to begin with, same limits; the corpus is in memory; one run at a time,
# in turns. Exit status 1 if the bar (5 x plain) is missed, 3 if something could not be run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

seconds=${1:-25} rounds=${ROUNDS:-5} max_len=${MAX_LEN:-16384}
build=${BUILD:-build/fuzz-fast}
rollcall=${ROLLCALL:-build/release/rollcall}
[[ $seconds =~ ^[0-9.]+$ ]] || { sed -n '2,12s/^# \?//p' "$0" >&2; exit 2; }
[ -x "$rollcall" ] || { echo "no $rollcall: cmake --preset release && cmake --build --preset release" >&2; exit 3; }
[ -x "$build/tests/bench/accepted/accepted_mutator_fuzz" ] ||
  { cmake --preset fuzz-fast && cmake --build --preset fuzz-fast --target accepted_fuzz accepted_mutator_fuzz; } >&2

memory=/dev/shm  # a tmpfs: what a crash leaves behind must not cost a disk either
[ -w "$memory" ] || memory=${TMPDIR:-/tmp}
dir=$(mktemp -d "$memory/accepted.XXXXXX")
trap 'rm -rf "$dir"' EXIT
"$rollcall" corpus seeds corpus/sessions --out "$dir/seeds" >/dev/null
find "$dir/seeds/notification" -type f | sort | paste -sd, >"$dir/inputs"

# fuzz CONFIGURATION SEED: adds a line to the configuration's figures: envelopes, taken, executions, bytes, seconds.
fuzz() {
  local target=$build/tests/bench/accepted/accepted_fuzz more=()
  case $1 in
    dictionary) more=("-dict=$dir/seeds/words.dict") ;;
    rollcall) target=$build/tests/bench/accepted/accepted_mutator_fuzz ;;  # it learns words from the same inputs
  esac
  CPU_SECONDS=$seconds timeout 600 "$target" -reload=0 -max_len="$max_len" -artifact_prefix="$dir/" -seed="$2" \
    -seed_inputs="@$dir/inputs" "${more[@]}" >"$dir/log" 2>&1 || true
  sed -n '$s/^accepted: \(.*\) envelopes, \(.*\) taken, \(.*\) executions, \(.*\) bytes, \(.*\) s$/\1 \2 \3 \4 \5/p' \
    "$dir/log" >"$dir/line"
  [ -s "$dir/line" ] || { tail -5 "$dir/log" >&2; return 3; }
  cat "$dir/line" >>"$dir/of.$1"
}

median() { sort -g | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
figure() { awk "{ print $2 }" "$dir/of.$1" | median; }  # figure CONFIGURATION EXPRESSION

echo "machine: $(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo), $(nproc) cores, Linux $(uname -r), load$(
  uptime | sed 's/.*load average//')"
echo "versions: $("$rollcall" --version), $(clang++-19 --version | head -1)"
echo "$(tr , '\n' <"$dir/inputs" | wc -l) seeds; $rounds runs of $seconds s each, inputs of at most $max_len bytes"
echo
for ((round = 1; round <= rounds; ++round)); do
  for configuration in plain dictionary rollcall; do fuzz "$configuration" "$round" || exit 3; done
done
ratio() { paste -d' ' "$dir/of.$1" "$dir/of.plain" | awk "{ print (\$$2 / \$5) / (\$$((5 + $2)) / \$10) }" | median; }
for configuration in plain dictionary rollcall; do
  envelopes=$(ratio "$configuration" 1) taken=$(ratio "$configuration" 2)
  printf '%-10s %7.0f envelopes/s, %5.2f x plain (taken: %7.0f/s, %5.2f x) of %7.0f executions/s (%4.1f %%, %4.1f %%)' \
    "$configuration" "$(figure "$configuration" '$1 / $5')" "$envelopes" "$(figure "$configuration" '$2 / $5')" "$taken" \
    "$(figure "$configuration" '$3 / $5')" "$(figure "$configuration" '100 * $1 / $3')" \
    "$(figure "$configuration" '100 * $2 / $3')"
  printf ', %.0f bytes and %.1f us each\n' "$(figure "$configuration" '$4 / $3')" "$(figure "$configuration" '1e6 * $5 / $3')"
done
awk -v ratio="$envelopes" 'BEGIN { exit ratio < 5 }' || { echo "missed: 5 x plain in envelopes per second"; exit 1; }
