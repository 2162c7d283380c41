// The session model: plain values for everything that one recording holds.
//
// All bytes are owned by the values themselves, so a Session may outlive the file and the parser it came from.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

#include "corpus/error.h"

namespace corpus {

/// Microseconds since the start of the session, on its one monotonic clock.
using Micros = std::int64_t;

/// Who calls whom: `webhook`, Graph (or anyone) calls the bot; `graph`, the bot calls Graph.
enum class Leg { webhook, graph };

/// One header field as it was on the wire: spelling and order kept, doubled names allowed.
struct Header {
  std::string name;
  std::string value;

  bool operator==(const Header&) const = default;
};
using Headers = std::vector<Header>;

/// One HTTP request. `target` is the request target as sent (path and query). `body` is the content after transfer
/// coding has been taken off and before any content coding is: gzip stays gzip.
struct Request {
  std::string method;
  std::string target;
  Headers headers;
  std::string body;
  std::string extra;  ///< members of the file that this version does not know: raw JSON members, comma between them

  bool operator==(const Request&) const = default;
};

/// One HTTP answer; `body` as in Request.
struct Response {
  int status = 0;
  Headers headers;
  std::string body;
  std::string extra;  ///< as in Request

  bool operator==(const Response&) const = default;
};

/// What came instead of an answer: one of the words of corpus/FORMAT.md ("refused", "timeout", …) or other text.
struct Failure {
  std::string reason;

  bool operator==(const Failure&) const = default;
};

/// Nothing yet (the recording ended first), an answer, or a failure.
using Outcome = std::variant<std::monostate, Response, Failure>;

/// One HTTP request and what became of it.
struct Exchange {
  std::int64_t number = 0;  ///< "x" in the file: names the exchange for people, unique in its session
  Leg leg = Leg::webhook;
  Micros sent = 0;            ///< when the request had been received whole (recording) or was sent (replay)
  std::optional<Micros> due;  ///< replay only: when the player meant to send it
  Request request;
  std::optional<std::vector<std::int64_t>> after;  ///< explicit causes: numbers of exchanges; replaces derived ones
  Micros ended = 0;                                ///< when the outcome came; meaningless without one
  Outcome outcome;
  std::string request_extra;     ///< unknown members of the request's line, raw
  std::string outcome_extra;     ///< unknown members of the outcome's line, raw
  std::size_t request_line = 0;  ///< line in the file, from 1; 0 if it came from none
  std::size_t outcome_line = 0;

  const Response* response() const { return std::get_if<Response>(&outcome); }
  const Failure* failure() const { return std::get_if<Failure>(&outcome); }
  bool ended_at_all() const { return !std::holds_alternative<std::monostate>(outcome); }
  /// Whether the session shows how the called side ended it. The end of the recording may have cut it off; or the
  /// caller had gone, and what it would have been told nobody knows.
  bool shows_end() const {
    return ended_at_all() &&
           !(failure() != nullptr && (failure()->reason == "cut off" || failure()->reason == "caller closed"));
  }
};

/// Whether two exchanges say the same, wherever they stand in their files.
inline bool same_apart_from_lines(const Exchange& a, const Exchange& b) {
  const auto parts = [](const Exchange& exchange) {
    return std::tie(exchange.number, exchange.leg, exchange.sent, exchange.due, exchange.request, exchange.after,
                    exchange.outcome, exchange.request_extra, exchange.outcome_extra);
  };
  return parts(a) == parts(b) && (a.ended == b.ended || !a.ended_at_all());
}

/// The first line of a session file.
struct SessionInfo {
  std::string name;
  std::string started;  ///< wall clock at time 0, RFC 3339 in UTC
  std::string bot;      ///< base URL of the bot
  std::string graph;    ///< base URL of Graph
  std::string origin;   ///< what made the session
  std::string extra;    ///< unknown members, raw

  bool operator==(const SessionInfo&) const = default;
};

/// The last line of a session file.
struct SessionEnd {
  Micros time = 0;
  std::int64_t messages = 0;  ///< requests, answers and failures written before it
  std::string extra;          ///< unknown members inside "end", raw
  std::string line_extra;     ///< unknown members of the line, beside "end", raw

  bool operator==(const SessionEnd&) const = default;
};

/// Everything one recording holds. Exchanges stand in order of `sent`; equal times keep the order of the file.
struct Session {
  SessionInfo info;
  std::deque<Exchange> exchanges;  ///< a deque: a long recording is never copied to grow
  std::optional<SessionEnd> end;   ///< absent: the recording was cut off
  std::vector<Fault> damage;       ///< what the reader could not take, with file and line; empty for a good file
  std::string path;                ///< the file, for messages; empty if there is none
};

}  // namespace corpus
