// What one mutated session costs, over the sample sessions: a run against a bot takes some milliseconds, and this must
// not be seen beside it. The bar is a millisecond.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <filesystem>
#include <vector>

#include "corpus/session_file.h"
#include "fuzz/session_mutator.h"
#include "harness/session_causes.h"

namespace {

std::vector<fuzz::SeedSession> samples() {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(SESSIONS)) paths.push_back(entry.path());
  std::ranges::sort(paths);
  std::vector<fuzz::SeedSession> seeds;
  for (const auto& path : paths) {
    auto session = corpus::read_session(path);
    if (!session) continue;
    fuzz::SessionCauses causes = harness::causes_of(*session);
    seeds.push_back({std::move(*session), std::move(causes)});
  }
  return seeds;
}

void MutateSession(benchmark::State& state) {
  fuzz::SessionMutator mutator(samples());
  std::uint64_t seed = 0;
  std::size_t exchanges = 0;
  for (auto _ : state) exchanges += mutator.mutate(seed++).session.exchanges.size();
  state.counters["exchanges"] = benchmark::Counter(static_cast<double>(exchanges), benchmark::Counter::kAvgIterations);
}
BENCHMARK(MutateSession)->Unit(benchmark::kMicrosecond);

}  // namespace

BENCHMARK_MAIN();
