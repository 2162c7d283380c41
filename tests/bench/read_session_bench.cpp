// How fast a session of a million messages is read, and how much memory that takes, beside what the same machine needs
// to read the bytes, and to parse every line with simdjson and keep nothing.
//
//     read_session_bench [MESSAGES]
//
// Each measurement is a process of its own, this program with another first argument, so that the peak of memory is
// that of the one thing measured.
#include <fcntl.h>
#include <fmt/core.h>
#include <simdjson.h>
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

#include "corpus/session_file.h"
#include "tests/bench/sample_message.h"

namespace {

namespace fs = std::filesystem;

/// Writes a session: notifications and their acknowledgements, requests of a bot and their answers, in turn.
void write(const fs::path& path, unsigned messages) {
  auto writer = corpus::SessionWriter::create(
      path, {"bench", "2026-11-23T10:00:00.000000Z", "http://b", "http://g", "bench", {}});
  for (unsigned number = 1; writer && number <= messages / 2; ++number) {
    corpus::Exchange exchange;
    exchange.number = number;
    exchange.sent = number * 100;
    exchange.ended = exchange.sent + 50;
    exchange.leg = number % 2 ? corpus::Leg::webhook : corpus::Leg::graph;
    exchange.request = bench::notification_request(number, "Bearer redacted-0123456789abcdef");
    corpus::Response response{202, {{"Client-Request-Id", bench::guid(number, 6)}, {"Content-Length", "0"}}, {}, {}};
    if (exchange.leg == corpus::Leg::graph) {
      response.headers.push_back({"Content-Type", "application/json"});
      response.body = bench::notification(number);
    }
    exchange.outcome = std::move(response);
    writer->request(exchange);
    writer->outcome(exchange);
    if (number % 256 == 0 && !writer->flush()) break;
  }
  if (!writer || !writer->finish(messages * 100)) {
    fmt::print(stderr, "cannot write {}\n", path.string());
    std::exit(3);
  }
  // What the system still has to put on the disk would be done while the file is read.
  const int file = open(path.c_str(), O_RDONLY);
  if (file < 0 || fsync(file) != 0) std::exit(3);
  close(file);
}

/// One measurement: prints "seconds cpu-seconds kilobytes-at-peak result" and ends the process at once, because giving
/// back a million exchanges is not what is measured.
class Measurement {
 public:
  [[noreturn]] void end(std::size_t result) const {
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start_;
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
      return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    fmt::print("{} {} {} {}\n", took.count(), seconds(usage.ru_utime) + seconds(usage.ru_stime), usage.ru_maxrss,
               result);
    std::fflush(stdout);
    std::_Exit(0);
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// The bytes of the file, piece by piece, to nobody.
void read_bytes(const fs::path& path) {
  const Measurement measurement;
  std::ifstream file(path, std::ios::binary);
  std::string piece(1 << 20, '\0');
  std::size_t bytes = 0;
  while (file.read(piece.data(), static_cast<std::streamsize>(piece.size())) || file.gcount() > 0) {
    bytes += static_cast<std::size_t>(file.gcount());
  }
  measurement.end(bytes);
}

/// Every line parsed whole by simdjson's document stream, nothing kept.
void parse_lines(const fs::path& path) {
  const Measurement measurement;
  simdjson::dom::parser parser;
  simdjson::dom::document_stream lines;
  const simdjson::padded_string bytes = simdjson::padded_string::load(path.string()).take_value();
  std::size_t count = 0;
  if (parser.parse_many(bytes).get(lines) != simdjson::SUCCESS) return;
  for (auto line : lines) count += line.error() == simdjson::SUCCESS;
  measurement.end(count);
}

void read_session(const fs::path& path) {
  const Measurement measurement;
  const auto session = corpus::read_session(path);
  if (!session || !session->damage.empty() || !session->end) return;
  measurement.end(static_cast<std::size_t>(corpus::message_count(*session)));
}

const std::map<std::string, void (*)(const fs::path&)> kTasks = {
    {"bytes", read_bytes}, {"lines", parse_lines}, {"session", read_session}};

/// What a measurement found.
struct Figures {
  double seconds = 0;
  double cpu_seconds = 0;
  double kilobytes = 0;
  std::size_t result = 0;
};

Figures run(const std::string& program, const std::string& task, const fs::path& path) {
  Figures figures;
  std::FILE* child = popen(fmt::format("'{}' {} '{}'", program, task, path.string()).c_str(), "r");
  if (!child || std::fscanf(child, "%lf %lf %lf %zu", &figures.seconds, &figures.cpu_seconds, &figures.kilobytes,
                            &figures.result) != 4) {
    fmt::print(stderr, "the measurement of {} failed\n", task);
    std::exit(3);
  }
  pclose(child);
  return figures;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 3) {
    kTasks.at(argv[1])(argv[2]);
    return 1;
  }
  const auto messages = static_cast<unsigned>(argc > 1 ? std::atol(argv[1]) : 1'000'000);
  const fs::path folder = fs::temp_directory_path() /
                          fmt::format("rollcall-bench-{}", std::chrono::steady_clock::now().time_since_epoch().count());
  fs::create_directories(folder);
  const fs::path path = folder / "bench.session.jsonl";
  write(path, messages);
  const auto size = static_cast<double>(fs::file_size(path));
  fmt::print("{} messages, {:.0f} MB, {:.0f} bytes each\n", messages, size / 1e6, size / messages);
  fmt::print("{:10} {:>8} {:>12} {:>8} {:>18}\n", "", "MB/s", "MB/CPU-s", "peak MB", "peak / file size");
  double session = 0, lines = 0;
  bool good = true;
  for (const std::string task : {"bytes", "lines", "session"}) {
    Figures figures = run(argv[0], task, path);
    for (int again = 0; again < 4; ++again) {
      const Figures other = run(argv[0], task, path);
      if (other.seconds < figures.seconds) figures = other;
    }
    const double speed = size / 1e6 / figures.seconds;
    fmt::print("{:10} {:8.0f} {:12.0f} {:8.0f} {:18.2f}\n", task, speed, size / 1e6 / figures.cpu_seconds,
               figures.kilobytes / 1024, figures.kilobytes * 1024 / size);
    if (task == "lines") lines = speed;
    if (task == "session") session = speed, good = figures.result == messages;
  }
  fmt::print("read_session / simdjson alone: {:.2f}\n", session / lines);
  fs::remove_all(folder);
  return good ? 0 : 1;
}
