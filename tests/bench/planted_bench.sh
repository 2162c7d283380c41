#!/usr/bin/env bash
# How good the mutator is: planted mistakes found, and accepted inputs per second, beside plain libFuzzer and libFuzzer
# with the dictionary of the same recordings.
#
#   tests/bench/planted_bench.sh [--quick]
#       TRIALS=5 RUNS=1000000 ROUNDS=5 SECONDS_EACH=5 MAX_LEN=16384 by default, and BUILD=build/fuzz-fast
#       ROLLCALL=build/release/rollcall; about ten minutes;
#       --quick, for a look: TRIALS=1 RUNS=200000 ROUNDS=1 SECONDS_EACH=2
#
# 1. Mistakes (tests/bench/planted/README.md): every configuration fuzzes the handler with the seeds 1…TRIALS, RUNS
#    executions each, noting at which execution each mistake strikes first. Whatever was found is then found again with
#    that mistake alone switched on: it must stop the process at the very same execution, or it does not count. (Of plain
#    libFuzzer and of the dictionary one find in a hundred or two does not show again; why is not known.)
# 2. Accepted inputs per second: nothing watched, configurations in turn, median of the ratios of all rounds.
# Same seeds, same limits; the corpus is in memory; two runs at a time in part 1, one in part 2. Exit status 1 if a bar is
# missed, 3 if something could not be run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

if [ "${1:-}" = --quick ]; then
  : "${TRIALS:=1}" "${RUNS:=200000}" "${ROUNDS:=1}" "${SECONDS_EACH:=2}"
elif [ $# -gt 0 ]; then
  sed -n '2,8s/^# \?//p' "$0" >&2
  exit 2
fi
trials=${TRIALS:-5} runs=${RUNS:-1000000} rounds=${ROUNDS:-5} seconds=${SECONDS_EACH:-5}
max_len=${MAX_LEN:-16384}
build=${BUILD:-build/fuzz-fast}
rollcall=${ROLLCALL:-build/release/rollcall}
[ -x "$rollcall" ] || { echo "no $rollcall: cmake --preset release && cmake --build --preset release" >&2; exit 3; }
configurations=(plain dictionary rollcall)
[ -x "$build/tests/bench/planted/planted_mutator_fuzz" ] ||
  { cmake --preset fuzz-fast && cmake --build --preset fuzz-fast --target planted_fuzz planted_mutator_fuzz; } >&2

memory=/dev/shm  # a tmpfs: what a crash leaves behind must not cost a disk either
[ -w "$memory" ] || memory=${TMPDIR:-/tmp}
dir=$(mktemp -d "$memory/planted.XXXXXX")
trap 'rm -rf "$dir"' EXIT
"$rollcall" corpus seeds corpus/sessions --out "$dir/seeds" >/dev/null
find "$dir/seeds/notification" -type f | sort | paste -sd, >"$dir/inputs"

# fuzz CONFIGURATION ARGUMENTS…: libFuzzer's log on standard output.
fuzz() {
  local target=$build/tests/bench/planted/planted_fuzz more=()
  case $1 in
    dictionary) more=("-dict=$dir/seeds/words.dict") ;;
    rollcall) target=$build/tests/bench/planted/planted_mutator_fuzz ;;  # it learns words from the same inputs
  esac
  # max_len is by default three times the largest seed. The time limit only stops what hangs: the figures are executions.
  timeout 600 "$target" -reload=0 -max_len="$max_len" -artifact_prefix="$dir/" -seed_inputs="@$dir/inputs" \
    "${more[@]}" "${@:2}" 2>&1 || true
}

note() {  # note CONFIGURATION SEED: what strikes first when
  PLANTED=all fuzz "$1" -seed="$2" -runs="$runs" >"$dir/log.$1.$2"
  grep -q "^planted: $runs executions" "$dir/log.$1.$2" || { tail -5 "$dir/log.$1.$2" >&2; return 3; }
  sed -n "s/^planted: \([a-z0-9_]*\) at execution \([0-9]*\)\$/$1 $2 \1 \2/p" "$dir/log.$1.$2" >"$dir/struck.$1.$2"
}

confirm() {  # confirm CONFIGURATION SEED MISTAKE EXECUTION: the mistake alone, and it stops the process there
  PLANTED=$3 fuzz "$1" -seed="$2" -runs="$runs" | grep -E '^planted: .* at execution|deadly signal' |
    paste -sd' ' >"$dir/again.$1.$2.$3"
  if grep -q "^planted: $3 at execution $4 .*deadly signal" "$dir/again.$1.$2.$3"; then
    echo "$*" >>"$dir/confirmed"
  else
    echo "$1, seed $2: $3 struck at execution $4, alone: $(cat "$dir/again.$1.$2.$3")" >&2
  fi
}

median() { sort -g | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }

simdjson=$(dpkg-query -W -f '${Version}' libsimdjson-dev 2>/dev/null || echo unknown)
echo "machine: $(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo), $(nproc) cores, Linux $(uname -r), load$(
  uptime | sed 's/.*load average//')"
echo "versions: $("$rollcall" --version), simdjson $simdjson, $(clang++-19 --version | head -1)"
echo "$(tr , '\n' <"$dir/inputs" | wc -l) seeds; $trials trials of $runs executions, inputs of at most $max_len bytes"

export -f fuzz note confirm
export build dir max_len runs
for configuration in "${configurations[@]}"; do
  for ((trial = 1; trial <= trials; ++trial)); do echo "note $configuration $trial"; done
done | xargs -P2 -I{} bash -c '{}' || exit 3
cat "$dir"/struck.* >"$dir/struck"
: >"$dir/confirmed"
sed 's/^/confirm /' "$dir/struck" | xargs -P2 -I{} bash -c '{}' || exit 3
echo "$(wc -l <"$dir/confirmed") of $(wc -l <"$dir/struck") finds were found again with their mistake alone, at the same execution"

echo
PLANTED=list "$build/tests/bench/planted/planted_fuzz" -runs=0 2>/dev/null >"$dir/bugs"
status=0
awk -f tests/bench/planted/table.awk -v trials="$trials" -v runs="$runs" -v configurations="${configurations[*]}" \
  "$dir/bugs" "$dir/confirmed" || status=1

echo
for ((round = 1; round <= rounds; ++round)); do
  for configuration in "${configurations[@]}"; do
    fuzz "$configuration" -seed="$round" -max_total_time="$seconds" |
      awk -v s="$seconds" '/^planted: .* accepted$/ { print $4 / s, $2 / s, $4 / $2 }' >>"$dir/rate.$configuration"
  done
done
for configuration in "${configurations[@]}"; do
  ratio=$(paste -d' ' "$dir/rate.$configuration" "$dir/rate.plain" | awk '{ print $1 / $4 }' | median)
  printf '%-11s %9.0f accepted/s of %9.0f executions/s (%4.1f %%), %.2f x plain\n' "$configuration" \
    "$(cut -d' ' -f1 "$dir/rate.$configuration" | median)" "$(cut -d' ' -f2 "$dir/rate.$configuration" | median)" \
    "$(awk '{ print 100 * $3 }' "$dir/rate.$configuration" | median)" "$ratio"
done
awk -v ratio="$ratio" 'BEGIN { exit ratio < 5 }' || { echo "missed: 5 x plain in accepted inputs per second"; status=1; }
exit $status
