#!/usr/bin/env bash
# Linking the library by hand, as its users do, must be enough: no flag of a linker, and with each linker that is there.
#
#   linking_test.sh LIBRARY SOURCE SEEDS    77 if there is no clang++-19 with libFuzzer
set -euo pipefail
library=$1 source=$2 seeds=$3

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() { echo "linking_test: $*" >&2; exit 1; }

# expect_mutator NAME LINE…: builds with that command line, runs, and looks for the mutator's name in what libFuzzer tells.
expect_mutator() {
  local name=$1
  shift
  "$@" -o "$work/$name" || fail "does not link: $*"
  # libFuzzer writes into the first folder that it is given.
  mkdir "$work/$name.new"
  "$work/$name" -runs=2000 -seed=1 "$work/$name.new" "$seeds" >"$work/$name.log" 2>&1 || fail "does not run: $*"
  grep -q "found LLVMFuzzerCustomMutator" "$work/$name.log" || fail "mutator is missing: $*"
  grep -q "MS: .*Custom-" "$work/$name.log" || fail "mutator was not used: $*"
  grep -q "CustomCrossOver-" "$work/$name.log" || fail "crossover was not used: $*"
}

# One that needs nothing but a compiler.
g++ -DOWN_MAIN "$source" "$library" -o "$work/plain" && "$work/plain" || fail "a plain main does not link or run"

clang=(clang++-19 -fsanitize=fuzzer)
"${clang[@]}" "$source" -o "$work/probe" 2>/dev/null || { echo "no clang++-19 with libFuzzer here"; exit 77; }
"$work/probe" -runs=10 2>&1 | grep -q CustomMutator && fail "the probe has a mutator without the library"

folder=${library%/*}
expect_mutator by_file "${clang[@]}" "$source" "$library"
expect_mutator library_first "${clang[@]}" "$library" "$source"
expect_mutator by_name "${clang[@]}" "$source" -L"$folder" -lrollcall_fuzz_mutator
expect_mutator sanitized "${clang[@]}" -fsanitize=address,undefined "$source" "$library"
expect_mutator own_initialize "${clang[@]}" -DOWN_INITIALIZE "$source" "$library"
grep -q "own LLVMFuzzerInitialize" "$work/own_initialize.log" || fail "the target's own LLVMFuzzerInitialize did not run"
for linker in lld gold; do
  "${clang[@]}" -fuse-ld=$linker "$source" -o "$work/probe" 2>/dev/null || continue
  expect_mutator "with_$linker" "${clang[@]}" -fuse-ld=$linker "$source" -L"$folder" -lrollcall_fuzz_mutator
done

# Fork mode starts children with other arguments; they learn from what their parent was given, or they could not run.
"$work/by_file" -fork=1 -runs=3000 -max_total_time=5 "$work/by_file.new" "$seeds" >"$work/fork.log" 2>&1 || fail "fork mode does not run"
echo "linked and used in every way"
