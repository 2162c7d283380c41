#include "corpus/session_redaction.h"

#include <cstdint>
#include <string>
#include <variant>

namespace corpus {
namespace {

/// How often a session is looked through at most. Once is enough if it was learned before, and nearly always.
constexpr int kSessionRounds = 4;

void redact_info(SessionInfo& info, Redactor& redactor) {
  for (std::string* text : {&info.name, &info.bot, &info.graph, &info.origin, &info.extra}) redactor.redact(*text);
}

void redact_exchange(Exchange& exchange, Redactor& redactor) {
  redactor.redact(exchange.request);
  redactor.redact(exchange.request_extra);
  if (auto* response = std::get_if<Response>(&exchange.outcome)) redactor.redact(*response);
  if (auto* failure = std::get_if<Failure>(&exchange.outcome)) redactor.redact(failure->reason);
  redactor.redact(exchange.outcome_extra);
}

void redact_once(Session& session, Redactor& redactor) {
  redact_info(session.info, redactor);
  for (Exchange& exchange : session.exchanges) redact_exchange(exchange, redactor);
  if (!session.end) return;
  redactor.redact(session.end->extra);
  redactor.redact(session.end->line_extra);
}

}  // namespace

void learn(Session& session, Redactor& redactor) {
  redactor.learn_only(true);
  redact_once(session, redactor);
  redactor.learn_only(false);
}

void redact(Session& session, Redactor& redactor) {
  std::uint64_t learned = 0;
  for (int round = 0; round < kSessionRounds && (round == 0 || learned != redactor.learned()); ++round) {
    learned = redactor.learned();
    redact_once(session, redactor);
  }
}

}  // namespace corpus
