#!/usr/bin/env bash
# Most benchmarks, one after the other: figures of README.md beside this (planted_bench.sh, parser_coverage.sh and tls_bench.sh
# have to be called by themselves). About twelve minutes; leave the machine alone.
#
#   tests/bench/run.sh        BUILD=build/release by default; the variables of record_bench.sh work too
#
# Exit status 1 if a bar of record_bench.sh is missed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

build=${BUILD:-build/release}
[ -x "$build/tests/bench/read_session_bench" ] || { cmake --preset release && cmake --build --preset release; } >&2
export ROLLCALL=${ROLLCALL:-$build/rollcall}

simdjson=$(dpkg-query -W -f '${Version}' libsimdjson-dev 2>/dev/null || echo unknown)
boost=$(dpkg-query -W -f '${Version}' libboost-dev 2>/dev/null || echo unknown)
echo "machine: $(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo), $(nproc) cores, Linux $(uname -r), load$(
  uptime | sed 's/.*load average//')"
echo "versions: $("$ROLLCALL" --version), simdjson $simdjson, Boost $boost, $(c++ --version | head -1)"

echo
echo "== lateness of a replay (tests/bench/lateness_bench.cpp)"
"$build/tests/bench/lateness_bench" 60
echo
echo "== reading a session (tests/bench/read_session_bench.cpp)"
"$build/tests/bench/read_session_bench"
echo
echo "== parsing notifications, beside other ways (tests/bench/parse_bench.cpp)"
"$build/tests/bench/parse_bench" || echo "a bar was missed"
echo
echo "== judging a session (tests/bench/judge_bench.cpp)"
"$build/tests/bench/judge_bench" corpus/sessions/invite-completes.session.jsonl
echo
echo "== redacting a session (tests/bench/redact_bench.cpp)"
"$build/tests/bench/redact_bench"
echo
echo "== what one message costs (tests/bench/corpus_bench.cpp)"
"$build/tests/bench/corpus_bench" --benchmark_min_time=0.5 2>/dev/null
echo
echo "== what one mutation costs (tests/bench/mutator_bench.cpp)"
"$build/tests/bench/mutator_bench" --benchmark_min_time=0.5 2>/dev/null
echo
if command -v clang++-19 >/dev/null; then
  echo "== accepted inputs, beside plain libFuzzer (tests/bench/accepted_bench.sh)"
  ROUNDS=3 tests/bench/accepted_bench.sh || echo "a bar was missed, or it could not be run"
  echo
fi
echo "== what one mutated session costs (tests/bench/session_mutator_bench.cpp)"
"$build/tests/bench/session_mutator_bench" --benchmark_min_time=0.5 2>/dev/null
echo
echo "== mutated sessions a second (tests/bench/fuzz_rate_bench.sh)"
tests/bench/fuzz_rate_bench.sh "$build" || echo "a bar was missed"
echo
echo "== how small findings become (tests/bench/shrink_bench.sh)"
tests/bench/shrink_bench.sh "$build" || echo "a bar was missed"
echo
echo "== noise learnt from 5 runs, 100 runs judged by it, and changes found (tests/bench/noise_bench.sh)"
tests/bench/noise_bench.sh "$build" 100 || echo "a bar was missed"
echo
echo "== recording, beside nginx and mitmdump (tests/bench/record_bench.sh)"
tests/bench/record_bench.sh
