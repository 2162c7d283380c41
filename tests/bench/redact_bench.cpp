// How fast a session file is redacted, beside plainly reading the same bytes and beside reading the session, in one
// run.
//
//   redact_bench [FILE…]      default: the sample sessions, again and again, up to 64 MiB
#include <fmt/core.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "corpus/session_file.h"
#include "corpus/session_redaction.h"

namespace {

namespace fs = std::filesystem;

std::string bytes_of(const fs::path& path) {
  std::string bytes(fs::file_size(path), '\0');
  std::ifstream(path, std::ios::binary).read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return bytes;
}

/// Processor time of all threads, in seconds: other programs of a shared machine do not count.
double processor_time() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// The best of some runs, in seconds.
double best(int runs, const std::function<void()>& work) {
  double least = 1e9;
  for (int run = 0; run < runs; ++run) {
    const double before = processor_time();
    work();
    least = std::min(least, processor_time() - before);
  }
  return least;
}

/// All that makes a redacted file of a file.
void redact_file(const fs::path& from, const fs::path& to, corpus::Redactor::Scope scope) {
  auto session = corpus::read_session(from);
  if (!session) return;
  corpus::Redactor redactor(corpus::Redactor::Key{}, scope);
  corpus::learn(*session, redactor);
  corpus::redact(*session, redactor);
  fs::remove(to);
  if (const auto written = corpus::write_session(to, *session); !written)
    fmt::print("{}\n", to_string(written.error()));
}

/// The best time for looking through a session twice, once to learn and once to replace, without any file.
double best_in_memory(int runs, const fs::path& path, corpus::Redactor::Scope scope) {
  const auto session = corpus::read_session(path);
  double least = 1e9;
  for (int run = 0; run < runs && session; ++run) {
    corpus::Session copy = *session;
    least = std::min(least, best(1, [&] {
                       corpus::Redactor redactor(corpus::Redactor::Key{}, scope);
                       corpus::learn(copy, redactor);
                       corpus::redact(copy, redactor);
                     }));
  }
  return least;
}

/// One long session of the sample sessions' lines, each time with other numbers.
void write_long_session(const std::vector<std::string>& files, const fs::path& to) {
  constexpr std::size_t kSize = 64 << 20;
  std::vector<corpus::Session> samples;
  for (const std::string& file : files) {
    if (auto sample = corpus::read_session(file)) samples.push_back(std::move(*sample));
  }
  corpus::Session all;
  std::int64_t number = 0;
  for (std::size_t size = 0; size < kSize && !samples.empty();) {
    for (const corpus::Session& sample : samples) {
      for (corpus::Exchange exchange : sample.exchanges) {
        exchange.number = exchange.sent = exchange.ended = ++number;
        exchange.after.reset();
        size += exchange.request.body.size() + 700;  // roughly, with headers and the answer
        all.exchanges.push_back(std::move(exchange));
      }
    }
  }
  (void)corpus::write_session(to, all);
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> files(argv + 1, argv + argc);
  if (files.empty()) {
    for (const auto& entry : fs::directory_iterator(SESSIONS)) files.push_back(entry.path().string());
  }
  const fs::path folder = fs::temp_directory_path() / fmt::format("redact_bench.{}", getpid());
  fs::create_directories(folder);
  const fs::path from = folder / "from.session.jsonl";
  const fs::path to = folder / "to.session.jsonl";
  argc == 2 ? void(fs::copy_file(files.front(), from)) : write_long_session(files, from);

  const double megabytes = static_cast<double>(fs::file_size(from)) / 1e6;
  constexpr int kRuns = 3;
  const double plain = best(kRuns, [&] { (void)bytes_of(from).size(); });
  const double reading = best(kRuns, [&] { (void)corpus::read_session(from); });
  const double secrets = best(kRuns, [&] { redact_file(from, to, corpus::Redactor::Scope::secrets); });
  const double people = best(kRuns, [&] { redact_file(from, to, corpus::Redactor::Scope::people); });
  const double people_alone = best_in_memory(kRuns, from, corpus::Redactor::Scope::people);
  fmt::print("{:.0f} MB, processor time of the best of {} runs\n", megabytes, kRuns);
  const auto show = [&](std::string_view what, double seconds) {
    fmt::print("{:32}{:>8.0f} MB/s {:>8.1f} x plainly reading\n", what, megabytes / seconds, seconds / plain);
  };
  show("plainly reading the bytes", plain);
  show("reading the session", reading);
  show("redacting secrets, file to file", secrets);
  show("redacting people, file to file", people);
  show("redacting people, in memory", people_alone);
  fs::remove_all(folder);
  return 0;
}
