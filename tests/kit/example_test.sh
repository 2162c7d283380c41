#!/usr/bin/env bash
# The example does what it is there for: the input that fails the parser with the bug is no trouble for the other one, and
# an engine finds that bug, and none in the other one, in the same runs.
#
#   example_test.sh FOLDER RUNS    FOLDER: where bot_parser_fuzz and bot_parser_fixed_fuzz are;
#                                  RUNS: how often an engine may try; 0: there is no engine
set -euo pipefail
folder=$(cd "$1" && pwd) runs=$2
regressions=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../fuzz/example/regressions/bot_parser_fixed" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

fuzz() {
  timeout 800 "$folder/$1_fuzz" "${@:2}" > log 2>&1
}

fuzz bot_parser_fixed -runs=0 "$regressions" || { echo "FAILED: a regression in the fixed parser" >&2; cat log >&2; exit 1; }
if fuzz bot_parser -runs=0 "$regressions"/trailing-comma-behind-the-status; then
  echo "FAILED: the parser with the bug survives it" >&2
  exit 1
fi
[ "$runs" -gt 0 ] || exit 0

# A fixed seed, and nothing read from or written to a corpus: the same runs each time.
options=(-seed=1 -runs="$runs" -print_final_stats=1)
status=0
fuzz bot_parser "${options[@]}" -dict="$folder/bot_parser_fuzz.dict" "$folder/bot_parser_fuzz_seeds/notification" || status=$?
tail -n 5 log
if [ "$status" = 0 ] || [ "$status" = 124 ] || ! ls crash-* > /dev/null; then
  echo "FAILED: the bug was not found in $runs runs (exit status $status)" >&2
  exit 1
fi
if fuzz bot_parser_fixed crash-*; then :; else echo "FAILED: what was found fails the fixed parser, too" >&2; exit 1; fi
fuzz bot_parser_fixed "${options[@]}" -dict="$folder/bot_parser_fixed_fuzz.dict" \
  "$folder/bot_parser_fixed_fuzz_seeds/notification" ||
  { echo "FAILED: the fixed parser did not survive $runs runs" >&2; tail -n 30 log >&2; exit 1; }
grep 'stat::number_of_executed_units' log
