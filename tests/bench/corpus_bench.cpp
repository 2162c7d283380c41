// What recording costs for each message: redaction and the line of the session file, for a POST of 1.8 kB.
#include <benchmark/benchmark.h>

#include "corpus/line_parser.h"
#include "corpus/line_writer.h"
#include "corpus/redaction.h"
#include "tests/bench/sample_message.h"

namespace {

constexpr std::size_t kPadding = 850;  // makes the notification, headers included, about 1.8 kB

/// A bearer token of the usual length, 1.5 kB, in three parts.
std::string bearer() {
  return "Bearer eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9." + std::string(1100, 'a') + "." + std::string(342, 'b');
}

corpus::Exchange exchange(std::string authorization) {
  corpus::Exchange made;
  made.number = 12345;
  made.sent = 98765432;
  made.request = bench::notification_request(1, std::move(authorization), kPadding);
  return made;
}

void count_bytes(benchmark::State& state, std::size_t bytes) {
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * bytes));
}

void WriteRequestLine(benchmark::State& state) {
  const corpus::Exchange message = exchange("Bearer redacted-0123456789abcdef");
  corpus::LineWriter lines;
  std::string out;
  for (auto _ : state) {
    out.clear();
    lines.request(out, message);
    benchmark::DoNotOptimize(out.data());
  }
  count_bytes(state, out.size());
}
BENCHMARK(WriteRequestLine);

void ReadRequestLine(benchmark::State& state) {
  std::string text;
  corpus::LineWriter().request(text, exchange("Bearer redacted-0123456789abcdef"));
  const std::size_t size = text.size() - 1;
  text.append(corpus::LineParser::kPadding, '\0');
  corpus::LineParser parser;
  for (auto _ : state) benchmark::DoNotOptimize(parser.line(std::string_view(text).substr(0, size)));
  count_bytes(state, size);
}
BENCHMARK(ReadRequestLine);

/// The copy of the message that each round of the next benchmarks needs.
void CopyRequest(benchmark::State& state) {
  const corpus::Exchange message = exchange(bearer());
  for (auto _ : state) {
    corpus::Request copy = message.request;
    benchmark::DoNotOptimize(copy);
  }
}
BENCHMARK(CopyRequest);

void CopyAndRedactKnownToken(benchmark::State& state) {
  const corpus::Exchange message = exchange(bearer());
  corpus::Redactor redactor({});
  for (auto _ : state) {
    corpus::Request copy = message.request;
    redactor.redact(copy);
    benchmark::DoNotOptimize(copy);
  }
}
BENCHMARK(CopyAndRedactKnownToken);

void RedactNothing(benchmark::State& state) {
  corpus::Exchange message = exchange("");
  corpus::Redactor redactor({});
  for (auto _ : state) {
    redactor.redact(message.request);
    benchmark::DoNotOptimize(message);
  }
}
BENCHMARK(RedactNothing);

void RedactNothingWithManySecretsKnown(benchmark::State& state) {
  corpus::Exchange message = exchange("");
  corpus::Redactor redactor({});
  for (int i = 0; i < 5000; ++i) {
    corpus::Request other{
        "GET", "/", {{"X-Api-Key", bench::guid(static_cast<unsigned>(i * 7919), i * 104729u)}}, {}, {}};
    redactor.redact(other);
  }
  for (auto _ : state) {
    redactor.redact(message.request);
    benchmark::DoNotOptimize(message);
  }
}
BENCHMARK(RedactNothingWithManySecretsKnown);

}  // namespace

BENCHMARK_MAIN();
