#!/usr/bin/env bash
# The parsers' tests against a simdjson of npm's, newer than Debian's 3.0.1, which all else is built with.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source .ci/packages.sh
source .ci/configure.sh
install_for_tests

here=tests/simdjson build=build/simdjson
npm --prefix "$here" ci --ignore-scripts --no-audit --no-fund
mkdir -p "$build"
source=$(realpath "$here/node_modules/@nozbe/simdjson/src")
${CMAKE_CXX_COMPILER_LAUNCHER:-} g++ -std=c++20 -O2 -c "$source/simdjson.cpp" -o "$build/simdjson.o"
ar rcs "$build/libsimdjson.a" "$build/simdjson.o"

configure release "$build" -D simdjson_DIR="$PWD/$here/package" -D SIMDJSON_LIBRARY="$PWD/$build/libsimdjson.a"
cmake --build "$build" -j "${JOBS:-$(nproc)}" --target corpus_test parse_allocations_test

# The system's header would be found too, if the search path were wrong: then this would test nothing new.
read_headers=$(ninja -C "$build" -t deps | grep -o '[^ ]*/simdjson\.h$' | sort -u)
[ "$read_headers" = "$source/simdjson.h" ] || { echo "built with $read_headers, not with $source/simdjson.h" >&2; exit 1; }

ctest --test-dir "$build" --output-on-failure -j "$(nproc)" -R '^(corpus|parse_allocations)\.' -E '^corpus\.second_reader$'
