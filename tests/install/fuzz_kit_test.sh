#!/usr/bin/env bash
# Somebody who has nothing but the installed Rollcall fuzzes a parser of their own: with CMake and by hand, with and
# without libFuzzer; and is told in one line what they did wrong.
#
#   fuzz_kit_test.sh BUILD COMPILER
set -euo pipefail
build=$(cd "$1" && pwd) compiler=$2
work=$build/tests/install/fuzz_kit
prefix=$work/prefix project=$work/project
rm -rf "$work"
mkdir -p "$work"

fail() { echo "FAILED: $*" >&2; exit 1; }
quietly() { "$@" > "$work/log" 2>&1 || { cat "$work/log" >&2; fail "$*"; }; }
configure() { cmake -S "$project" -B "$work/build" -G Ninja -D CMAKE_CXX_COMPILER="$compiler" -D CMAKE_PREFIX_PATH="$prefix"; }

quietly cmake --install "$build" --prefix "$prefix"
cp -r "$prefix/share/rollcall/example" "$project"
cp -r "$prefix/share/rollcall/sessions" "$project/sessions"

# The project as it is: both parsers pass their seeds, and the fixed one its regression.
quietly configure
quietly cmake --build "$work/build"
quietly ctest --test-dir "$work/build" --output-on-failure
grep -q '100% tests passed, 0 tests failed out of 2' "$work/log" || fail "not the two tests"

# crash_of FOLDER: the file that an engine left there, and that it is no trouble for the fixed parser.
crash_of() {
  local found
  found=$(ls "$1"/crash-*) || fail "no bug found"
  quietly "$work/build/bot_parser_fixed_fuzz" -runs=0 "$found"
  echo "$found"
}

if echo 'extern "C" int LLVMFuzzerTestOneInput(const char*, unsigned long) { return 0; }' |
  "$compiler" -x c++ - -fsanitize=fuzzer -o "$work/probe" 2> /dev/null; then
  cmake --build "$work/build" --target bot_parser_fuzz_run > "$work/log" 2>&1 && fail "the run found nothing"
  tail -n 7 "$work/log"
  found=$(crash_of "$work/build/bot_parser_fuzz_found")

  # By hand, without CMake.
  mkdir "$work/by_hand"
  cd "$work/by_hand"
  quietly "$compiler" -std=c++17 -O1 -g -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all \
    "$project/bot_parser_fuzz.cpp" "$project/bot_parser.cpp" "$prefix/lib/librollcall_fuzz_mutator.a" -lsimdjson -o my_fuzz
  quietly "$prefix/bin/rollcall" corpus seeds "$project/sessions" --out seeds
  timeout 300 ./my_fuzz -seed=1 -dict=seeds/words.dict seeds/notification > "$work/log" 2>&1 && fail "nothing found by hand"
  crash_of "$work/by_hand" > /dev/null
else
  cmake --build "$work/build" --target bot_parser_fuzz_run > "$work/log" 2>&1 && fail "fuzzed without an engine"
  grep -q 'has no libFuzzer in it: configure with' "$work/log" || { cat "$work/log" >&2; fail "not told why"; }
  found=$project/regressions/bot_parser_fixed/trailing-comma-behind-the-status

  cd "$work"
  quietly "$compiler" -std=c++17 "$project/bot_parser_fuzz.cpp" "$project/bot_parser_fixed.cpp" \
    "$prefix/share/rollcall/standalone_main.cpp" -lsimdjson -o my_fuzz
  quietly ./my_fuzz "$project/regressions"
fi

# What was found becomes a regression by lying in a folder, and fails the test of the parser that has the bug.
mkdir "$project/regressions/bot_parser"
cp "$found" "$project/regressions/bot_parser/"
quietly cmake --build "$work/build"
ctest --test-dir "$work/build" > "$work/log" 2>&1 && fail "the regression passed"
grep -q '50% tests passed, 1 tests failed out of 2' "$work/log" || { cat "$work/log" >&2; fail "not the one test"; }

# Recordings that come or go change the seeds without anybody saying so.
before=$(ls "$work/build/bot_parser_fuzz_seeds/notification" | wc -l)
find "$project/sessions" -type f -name "[f-z]*" -delete
quietly cmake --build "$work/build"
after=$(ls "$work/build/bot_parser_fuzz_seeds/notification" | wc -l)
[ "$after" -gt 0 ] && [ "$after" -lt "$before" ] || fail "seeds of $before and then $after files"

# Wrong use. expect TEXT ARGUMENT…: what rollcall_add_fuzz_target says of these arguments, once.
expect() {
  local text=$1
  shift
  printf '%s\n' 'cmake_minimum_required(VERSION 3.25)' 'project(wrong LANGUAGES CXX)' 'find_package(rollcall REQUIRED)' \
    "rollcall_add_fuzz_target($*)" > "$project/CMakeLists.txt"
  rm -rf "$work/build"
  if configure > "$work/log" 2>&1 && cmake --build "$work/build" > "$work/log" 2>&1; then fail "accepted: $*"; fi
  # CMake breaks lines where it likes.
  tr -s ' \n' '  ' < "$work/log" | grep -qF -- "$text" || { cat "$work/log" >&2; fail "not told \"$text\" of: $*"; }
  [ "$(grep -c 'CMake Error' "$work/log")" = 1 ] || { cat "$work/log" >&2; fail "more than one message: $*"; }
}
mkdir "$project/empty" "$project/no-calls"
touch "$project/empty.cpp"
head -n 1 "$(ls "$project"/sessions/*)" > "$project/no-calls/nothing.session.jsonl"
expect "SEEDS is missing" NAME x SOURCES bot_parser_fuzz.cpp
expect "NAME is missing" SOURCES bot_parser_fuzz.cpp SEEDS sessions
expect "nowhere is not there" NAME x SOURCES bot_parser_fuzz.cpp SEEDS nowhere
expect "empty is empty" NAME x SOURCES bot_parser_fuzz.cpp SEEDS empty
expect "none of SOURCES (empty.cpp) defines" NAME x SOURCES empty.cpp SEEDS sessions
expect "what is my_parser?" my_parser NAME x SOURCES bot_parser_fuzz.cpp SEEDS sessions
expect "hold nothing of the kind notification" NAME x SOURCES bot_parser_fuzz.cpp SEEDS no-calls
expect "no kind 'rosters'" NAME x SOURCES bot_parser_fuzz.cpp SEEDS sessions KIND rosters
