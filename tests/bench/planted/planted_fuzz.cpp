// Property: none of the planted mistakes that are switched on strikes. There to be broken: it measures fuzzers.
//
// PLANTED in the environment switches mistakes on (probes.h). At the end come the counts of what was run and accepted.
#include <cstdio>

#include "fuzz/target.h"
#include "tests/bench/planted/switchboard.h"

namespace {

/// What lives from the first execution to the end of the process, which is when it says what it has counted.
struct Bench {
  simdjson::dom::parser parser;
  planted::Probes probes = planted::probes_from_environment();

  Bench() = default;
  Bench(const Bench&) = delete;
  Bench& operator=(const Bench&) = delete;
  ~Bench() {
    std::fprintf(stderr, "planted: %llu executions, %llu accepted\n",
                 static_cast<unsigned long long>(probes.executions()),
                 static_cast<unsigned long long>(probes.accepted()));
  }
};

}  // namespace

FUZZ_TARGET(bytes) {
  static Bench bench;  // an engine gives no place of our own between executions
  bench.probes.begin();
  if (planted::handle(fuzz::text_of(bytes), bench.parser, bench.probes)) bench.probes.accept();
}
