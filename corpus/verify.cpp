#include "corpus/verify.h"

#include <fmt/core.h>

#include <algorithm>
#include <string_view>
#include <type_traits>
#include <unordered_set>
#include <utility>

#include "corpus/redaction.h"
#include "corpus/session_file.h"

namespace corpus {
namespace {

/// A broken promise and its line, to be put in order.
struct Breach {
  std::size_t line = 0;
  std::string what;
};

using Breaches = std::vector<Breach>;

/// Finds secrets by redacting copies: what a redactor would change should not be in the file. Values that were seen as
/// secrets once are found again later, as in a recording.
class SecretCheck {
 public:
  void check(const Exchange& exchange, Breaches& breaches) {
    check(exchange.request, exchange.request_line, breaches);
    if (const Response* response = exchange.response()) check(*response, exchange.outcome_line, breaches);
  }

 private:
  template <typename Message>
  void check(const Message& message, std::size_t line, Breaches& breaches) {
    Message redacted = message;
    redactor_.redact(redacted);
    if (redacted == message) return;
    const auto found = [&](std::string_view where) {
      breaches.push_back({line, fmt::format("{} what looks like a secret", where)});
    };
    if constexpr (std::is_same_v<Message, Request>) {
      if (redacted.target != message.target) found("the target holds");
    }
    for (std::size_t i = 0; i < message.headers.size(); ++i) {
      if (redacted.headers[i] != message.headers[i]) found(fmt::format("the header {} holds", message.headers[i].name));
    }
    if (redacted.body != message.body) found("the body holds");
    if (redacted.extra != message.extra) found("members that this version does not know hold");
  }

  Redactor redactor_{Redactor::Key{}};  // stand-ins are only compared, never shown: any key will do
};

// A call lasts hours. A time of years was not recorded: somebody or something wrote it.
constexpr Micros kLongestSession = Micros{10} * 365 * 24 * 3600 * 1'000'000;

void check_times(const Exchange& exchange, const Session& session, Breaches& breaches) {
  const auto number = exchange.number;
  if (exchange.ended_at_all() && exchange.ended < exchange.sent) {
    breaches.push_back({exchange.outcome_line, fmt::format("exchange {} ended at {} µs, before its request at {} µs",
                                                           number, exchange.ended, exchange.sent)});
  }
  if (std::max(exchange.sent, exchange.ended_at_all() ? exchange.ended : 0) > kLongestSession) {
    breaches.push_back(
        {exchange.request_line, fmt::format("exchange {} is said to be more than ten years into the session", number)});
  }
  if (!session.end) return;
  const auto late = [&](const char* what, Micros time, std::size_t line) {
    if (time <= session.end->time) return;
    breaches.push_back({line, fmt::format("the {} of exchange {} is at {} µs, after the end of the session at {} µs",
                                          what, number, time, session.end->time)});
  };
  late("request", exchange.sent, exchange.request_line);
  if (exchange.ended_at_all()) late("outcome", exchange.ended, exchange.outcome_line);
}

void check_causes(const Exchange& exchange, const std::unordered_set<std::int64_t>& numbers, Breaches& breaches) {
  if (!exchange.after) return;
  for (const std::int64_t cause : *exchange.after) {
    if (cause == exchange.number) {
      breaches.push_back({exchange.request_line, fmt::format("exchange {} waits for itself", cause)});
    } else if (!numbers.contains(cause)) {
      breaches.push_back({exchange.request_line, fmt::format("exchange {} waits for exchange {}, which is not there",
                                                             exchange.number, cause)});
    }
  }
}

void check_exchange(const Exchange& exchange, const Session& session, Breaches& breaches) {
  if (!exchange.ended_at_all()) {
    breaches.push_back({exchange.request_line, fmt::format("exchange {} has no outcome", exchange.number)});
  }
  check_times(exchange, session, breaches);
}

}  // namespace

std::vector<Fault> broken_promises(const Session& session) {
  Breaches breaches;
  std::unordered_set<std::int64_t> numbers;
  for (const Exchange& exchange : session.exchanges) numbers.insert(exchange.number);
  SecretCheck secrets;
  for (const Exchange& exchange : session.exchanges) {
    check_exchange(exchange, session, breaches);
    secrets.check(exchange, breaches);
    check_causes(exchange, numbers, breaches);
  }
  std::ranges::stable_sort(breaches, {}, &Breach::line);
  std::vector<Fault> faults = session.damage;
  for (Breach& breach : breaches) {
    faults.push_back({Error::invalid, fmt::format("{}:{}", session.path, breach.line), std::move(breach.what)});
  }
  const std::int64_t messages = message_count(session);
  if (!session.end) {
    faults.push_back({Error::invalid, session.path, "the recording was cut off: there is no end line"});
  } else if (session.end->messages != messages) {
    faults.push_back({Error::invalid, session.path,
                      fmt::format("the end line says {} messages, there are {}", session.end->messages, messages)});
  }
  return faults;
}

}  // namespace corpus
