#!/usr/bin/env bash
# expect_crash.sh yes|no RUNS PROGRAM [SEEDS | OPTION]…: whether the fuzz target finds its crash within so many runs, in each of
# three trials with seeds of their own.
set -euo pipefail
expected=$1 runs=$2
shift 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for seed in 1 2 3; do
  found=no
  rm -rf "$work/new" && mkdir "$work/new"  # libFuzzer writes into the first folder that it is given
  "$1" -runs="$runs" -seed=$seed -artifact_prefix="$work/" "$work/new" "${@:2}" >"$work/log" 2>&1 || found=yes
  grep -E "^#[0-9]+.*(DONE|NEW|REDUCE|pulse)" "$work/log" | tail -1
  if [ $found = yes ] && ! ls "$work"/crash-* >/dev/null 2>&1; then
    cat "$work/log" >&2
    exit 2
  fi
  rm -f "$work"/crash-*
  [ $found = "$expected" ] || { echo "seed $seed: found: $found, expected: $expected" >&2; exit 1; }
done
