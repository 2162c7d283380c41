// The fuzz target `notification`, with a count of what it is given: see tests/bench/accepted_bench.sh.
//
// Two counts: well-formed envelopes (tests/bench/accepted/envelope.h), and those of them that the typed parser takes,
// data of every notification included. CPU_SECONDS in the environment ends the process after so much of its processor
// time.
#include <cstdlib>
#include <ctime>

#include "corpus/notification.h"
#include "fuzz/target.h"
#include "tests/bench/accepted/envelope.h"

// The target's own source, compiled with this name for its entry.
extern "C" int notification_target(const std::uint8_t* data, std::size_t size);

namespace {

/// What was run so far; lives as long as the process.
class Count {
 public:
  void take(std::string_view text) {
    ++executions_;
    bytes_ += text.size();
    if (finder_.is_envelope(text)) {
      ++envelopes_;
      if (parser_.parse(text)) ++taken_;
    }
    // The clock is a system call.
    if (limit_ > 0 && executions_ % 256 == 0 && seconds() >= limit_) end();
  }

 private:
  static double seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

  static double limit_of_environment() {
    const char* const limit = std::getenv("CPU_SECONDS");
    return limit == nullptr ? 0 : std::atof(limit);
  }

  /// At once: an engine takes a target that calls exit for one that has failed.
  [[noreturn]] void end() const {
    std::fprintf(stderr, "accepted: %llu envelopes, %llu taken, %llu executions, %llu bytes, %.3f s\n", envelopes_,
                 taken_, executions_, bytes_, seconds());
    std::_Exit(0);
  }

  bench::EnvelopeFinder finder_;
  corpus::NotificationParser parser_;
  double limit_ = limit_of_environment();
  unsigned long long executions_ = 0;
  unsigned long long envelopes_ = 0;
  unsigned long long taken_ = 0;
  unsigned long long bytes_ = 0;
};

}  // namespace

FUZZ_TARGET(bytes) {
  static Count count;  // an engine gives no place of our own between executions
  notification_target(bytes.data(), bytes.size());
  count.take(fuzz::text_of(bytes));
}
