#!/usr/bin/env bash
# Which lines of the typed parser fuzzing reaches from the seeds: line coverage of each source, in all, and every line
# that is not reached.
#
#   tests/bench/parser_coverage.sh [SECONDS]     600 by default, shared by the targets notification, invite, operation
#       BUILD=build/coverage by default: the targets built with clang's source coverage. CORPUS=FOLDER keeps what was found
#
# Each target fuzzes on one core from the seeds of the sample sessions, without regressions and with the fixed seed 1.
# Seeds and finds are merged to one corpus for each target, which is then run once, and only that run counts. The sources
# are those of corpus/ that the three programs are linked from, without the functions that parser_coverage.reasons names.
# Exit status 1 if less than 98 % of the lines are reached, 3 if something could not be run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source .ci/packages.sh

seconds=${1:-600}
[[ $# -le 1 && $seconds =~ ^[1-9][0-9]*$ ]] || { sed -n '2,11s/^# \?//p' "$0" >&2; exit 2; }
bar=98
build=${BUILD:-build/coverage}
targets=(notification invite operation)

install_missing "${rollcall_build_packages[@]}" "${rollcall_clang_packages[@]}" "${rollcall_coverage_packages[@]}"
{
  cmake -S . -B "$build" -G Ninja -D CMAKE_CXX_COMPILER=clang++-19 -D CMAKE_BUILD_TYPE=Debug \
    -D CMAKE_CXX_FLAGS_DEBUG=-O1 -D CMAKE_CXX_FLAGS="-fprofile-instr-generate -fcoverage-mapping" \
    -D FUZZ_ENGINE=libfuzzer -D BUILD_TESTING=OFF
  LLVM_PROFILE_FILE=/dev/null cmake --build "$build" --target "${targets[@]/%/_fuzz}"
} >&2 || exit 3

memory=/dev/shm  # a tmpfs: a growing corpus must not cost a disk
[ -w "$memory" ] || memory=${TMPDIR:-/tmp}
dir=$(mktemp -d "$memory/coverage.XXXXXX")
trap 'rm -rf "$dir"' EXIT

# fuzz TARGET FOLDERS AND OPTIONS…: libFuzzer's log goes to a file, shown if it fails.
fuzz() {
  local target=$1
  nice "$build/fuzz/${target}_fuzz" -artifact_prefix="$dir/" "${@:2}" >"$dir/log" 2>&1 && return
  tail -20 "$dir/log" >&2
  echo "the target $target failed: see tests/bench/parser_coverage.sh" >&2
  exit 3
}

binaries=()
for target in "${targets[@]}"; do
  seeds=$build/fuzz/seeds/$target
  mkdir "$dir/new.$target" "$dir/merged.$target"
  export LLVM_PROFILE_FILE=/dev/null
  fuzz "$target" -seed=1 -max_len=16384 -reload=0 -max_total_time=$(((seconds + 2) / 3)) -print_final_stats=1 \
    "$dir/new.$target" "$seeds"
  executions=$(sed -n 's/^stat::number_of_executed_units: *//p' "$dir/log")
  fuzz "$target" -merge=1 -max_len=16384 "$dir/merged.$target" "$seeds" "$dir/new.$target"
  LLVM_PROFILE_FILE=$dir/$target.profraw fuzz "$target" -runs=0 "$dir/merged.$target"
  echo "$target: $executions executions, $(find "$seeds" -type f | wc -l) seeds, $(
    find "$dir/merged.$target" -type f | wc -l) inputs after the merge"
  [ -z "${CORPUS:-}" ] || { mkdir -p "$CORPUS/$target" && cp "$dir/merged.$target"/* "$CORPUS/$target"; }
  binaries+=(-object "$build/fuzz/${target}_fuzz")
done

llvm-profdata-19 merge -sparse "$dir"/*.profraw -o "$dir/profile"
llvm-cov-19 export -format=lcov -instr-profile="$dir/profile" "${binaries[@]}" >"$dir/lcov" 2>"$dir/log" ||
  { cat "$dir/log" >&2; exit 3; }
awk -v folder="$PWD/corpus/" -v bar="$bar" -v reasons=tests/bench/parser_coverage.reasons -f tests/bench/line_coverage.awk "$dir/lcov"
