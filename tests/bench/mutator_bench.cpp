// What one mutation costs, on the sample sessions' payloads; the bar is 2 µs for each kB of input. The scan alone and a
// copy of the input stand beside it.
#include <benchmark/benchmark.h>

#include <cstring>
#include <string>
#include <vector>

#include "fuzz/mutator.h"
#include "tests/fuzz/payloads.h"

namespace {

constexpr std::size_t kLimit = 16384;

/// The work that is measured: one payload after the other.
struct Samples {
  std::vector<std::string> payloads = fuzz::sample_payloads();
  std::vector<std::uint8_t> buffer = std::vector<std::uint8_t>(kLimit);
  std::size_t number = 0;
  std::size_t bytes = 0;

  /// Puts the next payload into the buffer and returns its size.
  std::size_t next() {
    const std::string& payload = payloads[number++ % payloads.size()];
    std::memcpy(buffer.data(), payload.data(), payload.size());
    bytes += payload.size();
    return payload.size();
  }

  /// µs for each kB of input, beside the time for each input.
  void report(benchmark::State& state) const {
    state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
    state.counters["us/kB"] = benchmark::Counter(static_cast<double>(bytes) * 1e-9,
                                                 benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
  }
};

void CopyInput(benchmark::State& state) {
  Samples samples;
  for (auto _ : state) benchmark::DoNotOptimize(samples.next());
  samples.report(state);
}
BENCHMARK(CopyInput);

void ScanInput(benchmark::State& state) {
  Samples samples;
  fuzz::JsonIndex index;
  for (auto _ : state) {
    index.scan({reinterpret_cast<const char*>(samples.buffer.data()), samples.next()});
    benchmark::DoNotOptimize(index.nodes().size());
  }
  samples.report(state);
}
BENCHMARK(ScanInput);

void Mutate(benchmark::State& state) {
  Samples samples;
  const fuzz::Vocabulary vocabulary = fuzz::vocabulary_of(samples.payloads);
  fuzz::Mutator mutator(vocabulary);
  std::uint32_t seed = 0;
  for (auto _ : state) benchmark::DoNotOptimize(mutator.mutate(samples.buffer, samples.next(), ++seed));
  samples.report(state);
}
BENCHMARK(Mutate);

void CrossOver(benchmark::State& state) {
  Samples samples;
  const fuzz::Vocabulary vocabulary = fuzz::vocabulary_of(samples.payloads);
  fuzz::Mutator mutator(vocabulary);
  std::vector<std::uint8_t> out(kLimit);
  std::uint32_t seed = 0;
  for (auto _ : state) {
    const std::string& other = samples.payloads[(++seed * 31) % samples.payloads.size()];
    const std::span<const std::uint8_t> input(samples.buffer.data(), samples.next());
    benchmark::DoNotOptimize(
        mutator.cross_over(input, {reinterpret_cast<const std::uint8_t*>(other.data()), other.size()}, out, seed));
  }
  samples.report(state);
}
BENCHMARK(CrossOver);

}  // namespace

BENCHMARK_MAIN();
