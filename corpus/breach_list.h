// Collects breaches of promises while a session is gone through.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "corpus/describe.h"
#include "corpus/promises.h"

namespace corpus {

/// A message of a session: the request of an exchange, or its outcome.
struct Seen {
  std::size_t exchange = 0;  ///< index in the session
  bool outcome = false;
};

/// Breaches in the order in which they were found. The session must outlive the list.
class BreachList {
 public:
  explicit BreachList(const Session& session) : session_(session) {}

  /// Without `expected`, the rule says what is expected.
  void add(Promise promise, Seen seen, std::string found, std::string expected = {}) {
    if (expected.empty()) expected = rule_of(promise).says;
    breaches_.push_back({promise, seen.exchange, line_of(seen), std::move(found), std::move(expected)});
  }

  /// "exchange 7 (line 12)", for texts that refer to another message.
  std::string place(Seen seen) const {
    const std::size_t line = line_of(seen);
    const std::string name = "exchange " + std::to_string(session_.exchanges[seen.exchange].number);
    return line == 0 ? name : name + " (line " + std::to_string(line) + ")";
  }

  /// When the request of an exchange was sent.
  Micros sent(std::size_t exchange) const { return session_.exchanges[exchange].sent; }

  std::vector<Breach> take() { return std::move(breaches_); }

 private:
  std::size_t line_of(Seen seen) const {
    const Exchange& exchange = session_.exchanges[seen.exchange];
    return seen.outcome ? exchange.outcome_line : exchange.request_line;
  }

  const Session& session_;
  std::vector<Breach> breaches_;
};

/// An id for a text: short, and fit for one line.
inline std::string shown_id(std::string_view id) {
  return with_short_ids(printable(id, 100));
}

}  // namespace corpus
