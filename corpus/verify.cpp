#include "corpus/verify.h"

#include <fmt/core.h>

#include <algorithm>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <utility>

#include "corpus/promises.h"
#include "corpus/redaction.h"
#include "corpus/session_file.h"

namespace corpus {
namespace {

/// What is wrong at a line, to be put in order.
struct AtLine {
  std::size_t line = 0;
  std::string what;
  Wrong wrong = Wrong::file;
};

using Breaches = std::vector<AtLine>;

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
    // With the secret under a coding the header that named the coding is gone: then all others are in other places.
    const bool coded = redacted.headers.size() != message.headers.size();
    for (std::size_t i = 0; i < message.headers.size() && !coded; ++i) {
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

// `places`: where each number stands among the exchanges, which are in order of time.
void check_causes(const Exchange& exchange, const std::unordered_map<std::int64_t, std::size_t>& places,
                  Breaches& breaches) {
  if (!exchange.after) return;
  for (const std::int64_t cause : *exchange.after) {
    const auto place = places.find(cause);
    if (cause == exchange.number) {
      breaches.push_back({exchange.request_line, fmt::format("exchange {} waits for itself", cause)});
    } else if (place == places.end()) {
      breaches.push_back({exchange.request_line, fmt::format("exchange {} waits for exchange {}, which is not there",
                                                             exchange.number, cause)});
    } else if (place->second > places.at(exchange.number)) {
      breaches.push_back({exchange.request_line, fmt::format("exchange {} waits for exchange {}, which comes after it",
                                                             exchange.number, cause)});
    }
  }
}

bool has_line_break(std::string_view text) {
  return text.find_first_of("\r\n") != text.npos;
}

// A line break in a target or a header would be read as the beginning of another one.
void check_lines(const Exchange& exchange, Breaches& breaches) {
  const auto check = [&](const Headers& headers, std::size_t line) {
    for (const Header& header : headers) {
      if (!has_line_break(header.name) && !has_line_break(header.value)) continue;
      breaches.push_back({line, fmt::format("a header of exchange {} holds a line break", exchange.number)});
    }
  };
  if (has_line_break(exchange.request.target)) {
    breaches.push_back(
        {exchange.request_line, fmt::format("the target of exchange {} holds a line break", exchange.number)});
  }
  check(exchange.request.headers, exchange.request_line);
  if (const Response* response = exchange.response()) check(response->headers, exchange.outcome_line);
}

std::vector<Complaint> complaints_of(const Session& session, const Breaches& breaches) {
  std::vector<Complaint> complaints;
  complaints.reserve(session.damage.size() + breaches.size());
  for (const Fault& fault : session.damage) complaints.push_back({Wrong::file, fault});
  for (const AtLine& breach : breaches) {
    complaints.push_back(
        {breach.wrong, {Error::invalid, fmt::format("{}:{}", session.path, breach.line), breach.what}});
  }
  return complaints;
}

void check_end(const Session& session, std::vector<Complaint>& complaints) {
  const auto incomplete = [&](const std::string& what) {
    complaints.push_back(
        {Wrong::recording, {Error::invalid, session.path, fmt::format("{}: {}", to_string(Blame::recording), what)}});
  };
  const std::int64_t messages = message_count(session);
  if (!session.end) {
    incomplete("it was cut off: there is no end line");
  } else if (session.end->messages != messages) {
    incomplete(fmt::format("the end line says {} messages, there are {}", session.end->messages, messages));
  }
}

}  // namespace

std::vector<Complaint> broken_promises(const Session& session) {
  Breaches breaches;
  std::unordered_map<std::int64_t, std::size_t> places;
  for (const Exchange& exchange : session.exchanges) places.emplace(exchange.number, places.size());
  SecretCheck secrets;
  for (const Exchange& exchange : session.exchanges) {
    check_times(exchange, session, breaches);
    secrets.check(exchange, breaches);
    check_causes(exchange, places, breaches);
    check_lines(exchange, breaches);
  }
  for (const Breach& breach : broken_rules(session)) {
    const bool graph = rule_of(breach.promise).blame == Blame::graph;
    breaches.push_back({breach.line, to_string(breach, session), graph ? Wrong::graph : Wrong::recording});
  }
  std::ranges::stable_sort(breaches, {}, &AtLine::line);
  std::vector<Complaint> complaints = complaints_of(session, breaches);
  check_end(session, complaints);
  return complaints;
}

std::string summary_of(const std::vector<Complaint>& complaints) {
  std::string text;
  const auto count = [&](Wrong wrong, std::string_view words) {
    const auto found = std::ranges::count(complaints, wrong, &Complaint::wrong);
    if (found != 0) text += fmt::format("{}{} ({})", text.empty() ? "" : ", ", words, found);
  };
  count(Wrong::file, "the file is bad");
  count(Wrong::graph, to_string(Blame::graph));
  count(Wrong::recording, to_string(Blame::recording));
  return text.empty() ? "fine" : text;
}

}  // namespace corpus
