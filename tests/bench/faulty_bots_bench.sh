#!/usr/bin/env bash
# Bots with one planted mistake each, and the sound one: which of them `rollcall fuzz` finds out, as what, and after how many
# mutated sessions. tests/bots/README.md says what the mistakes are, fuzz/TRAFFIC.md what was measured.
#
#   faulty_bots_bench.sh BUILD [--quick]
#   RUNS=2000 SEEDS='1 2 3 4 5' FLAWS='wedges races' SOUND=20000 JOBS=8 faulty_bots_bench.sh BUILD
#
# Each run ends with the first finding of the kind that is expected. Exit status 1 if the sound bot was found to do anything
# wrong, or a mistake was found with no seed (--quick: with the one seed).
set -euo pipefail
build=$(realpath "$1")
quick=${2:-}
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

app=11111111-2222-4333-8444-555555555555
bot="exec $build/tests/bots/sample_bot --graph {graph} --listen 127.0.0.1:{port} --app-id $app"
if [ -n "$quick" ]; then
  runs=${RUNS:-600} seeds=${SEEDS:-1} sound=${SOUND:-300} jobs=${JOBS:-4}
  flaws=${FLAWS:-dies-unknown-operation fails-duplicate mutes-twice takes-expired acts-after-end}
else
  runs=${RUNS:-2000} seeds=${SEEDS:-1 2 3 4 5} sound=${SOUND:-20000} jobs=${JOBS:-8}
  flaws=${FLAWS:-$("$build/tests/bots/sample_bot" --flaws | cut -f 1)}
fi
failed=0

# look SEED RUNS KINDS OPTION…: fuzzes; what was found stays in $out/found. KINDS: it ends with the first of these.
look() {
  local seed=$1 count=$2 kinds=$3 status=0
  shift 3
  timeout 900 "$build/rollcall" fuzz corpus/sessions --app-id "$app" --seed "$((seed * 1000000))" --runs "$count" --jobs "$width" \
    ${kinds:+--until "$kinds"} "$@" > "$out/found" 2> "$out/err" || status=$?
  [ "$status" -le 1 ] || { cat "$out/found" "$out/err" >&2; exit 3; }
}

played() { sed -n 's/^\([0-9]*\) mutated sessions in .*/\1/p' "$out/found"; }

printf '%-24s %-12s %s\n' 'mistake' 'found' 'as what, after how many sessions with each seed'
missed=0
for flaw in $flaws; do
  kinds=$("$build/tests/bots/sample_bot" --flaws | awk -F '\t' -v name="$flaw" '$1 == name { print $2 }')
  [ -n "$kinds" ] || { echo "no such flaw: $flaw" >&2; exit 2; }
  # Growth shows in the long run of one process.
  width=$jobs
  [ "$kinds" != grows ] || width=1
  found=0 tried=0 told=
  for seed in $seeds; do
    look "$seed" "$runs" "$kinds" --exec "$bot --flaw $flaw" 
    tried=$((tried + 1))
    as=$(sed -n 's/^finding: \([a-z-]*\): .*/\1/p' "$out/found" | grep -xE "${kinds//,/|}" | head -n 1 || true)
    if [ -n "$as" ]; then
      found=$((found + 1)) told+=" $as:$(played)"
    else
      told+=" -:$(played)"
    fi
  done
  [ "$found" -gt 0 ] || { missed=$((missed + 1)); failed=1; }
  printf '%-24s %-12s%s\n' "$flaw" "$found of $tried" "$told"
done
width=$jobs
look 9 "$sound" '' --exec "$bot"
printf '%-24s %s\n' 'none: the sound bot' "$(tail -n +1 "$out/found" | sed -n 's/.*from seed [0-9]*: //p') in $(played) sessions ($(
  sed -n 's/.* (\([0-9]*\) a second).*/\1/p' "$out/found") a second)"
grep -q ': nothing found' "$out/found" || { cat "$out/found" >&2; failed=1; }
echo "$missed of $(wc -w <<< "$flaws") not found"
exit "$failed"
