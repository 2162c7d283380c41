// Sessions for tests, written down exchange by exchange.
#pragma once

#include <string>
#include <utility>

#include "corpus/exchange.h"

namespace support {

/// Collects exchanges in order; numbers and lines count from 1 as in a file. Times are microseconds.
class SessionBuilder {
 public:
  /// Something that is sent to the bot, and the bot's answer.
  SessionBuilder& delivery(corpus::Micros sent, corpus::Micros ended, std::string body, int status = 202,
                           std::string target = "/api/calls") {
    corpus::Exchange& exchange = add(corpus::Leg::webhook, sent, "POST", std::move(target), std::move(body));
    return answered(exchange, ended, status, {});
  }

  /// A request of the bot, and Graph's answer.
  SessionBuilder& request(corpus::Micros sent, corpus::Micros ended, std::string method, std::string target,
                          std::string body = {}, int status = 200, std::string answer = {}) {
    corpus::Exchange& exchange = add(corpus::Leg::graph, sent, std::move(method), std::move(target), std::move(body));
    return answered(exchange, ended, status, std::move(answer));
  }

  /// The exchange that was added last, for what the two above do not say.
  corpus::Exchange& last() { return session_.exchanges.back(); }

  corpus::Session take() { return std::move(session_); }

 private:
  corpus::Exchange& add(corpus::Leg leg, corpus::Micros sent, std::string method, std::string target,
                        std::string body) {
    corpus::Exchange& exchange = session_.exchanges.emplace_back();
    exchange.number = static_cast<std::int64_t>(session_.exchanges.size());
    exchange.leg = leg;
    exchange.sent = sent;
    exchange.request.method = std::move(method);
    exchange.request.target = std::move(target);
    exchange.request.body = std::move(body);
    exchange.request_line = ++lines_;
    return exchange;
  }

  SessionBuilder& answered(corpus::Exchange& exchange, corpus::Micros ended, int status, std::string body) {
    exchange.ended = ended;
    corpus::Response response;
    response.status = status;
    response.body = std::move(body);
    exchange.outcome = std::move(response);
    exchange.outcome_line = ++lines_;
    return *this;
  }

  corpus::Session session_;
  std::size_t lines_ = 1;
};

inline constexpr const char* kCall = "57dab8b1-894c-409a-b240-bd8beae78896";
inline constexpr const char* kOther = "90ed37dc-d8e3-4e11-9de3-30a955dda06f";

/// Graph's notification that a call has a new state.
inline std::string call_is(const std::string& call, const std::string& state, const std::string& change = "updated") {
  return R"({"value":[{"changeType":")" + change + R"(","resourceUrl":"/communications/calls/)" + call +
         R"(","resourceData":{"@odata.type":"#microsoft.graph.call","state":")" + state + R"("}}]})";
}

/// Graph's notification that an operation has ended.
inline std::string operation_is(const std::string& call, const std::string& operation, const std::string& context,
                                const std::string& status = "completed") {
  return R"({"value":[{"changeType":"deleted","resource":"/app/calls/)" + call + "/operations/" + operation +
         R"(","resourceData":{"@odata.type":"#microsoft.graph.inviteParticipantsOperation","clientContext":")" +
         context + R"(","status":")" + status + R"("}}]})";
}

}  // namespace support
