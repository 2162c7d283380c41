// Property: what the reader accepts, the writer reproduces, and a file that is cut at any byte reads as a prefix of
// itself.
#include "corpus/session_file.h"

#include <algorithm>
#include <string>

#include "corpus/line_writer.h"
#include "corpus/verify.h"
#include "fuzz/target.h"

namespace {

/// The session as a file, in the order in which its exchanges stand.
std::string written(const corpus::Session& session) {
  corpus::LineWriter lines;
  std::string bytes;
  lines.info(bytes, session.info);
  for (const corpus::Exchange& exchange : session.exchanges) {
    lines.request(bytes, exchange);
    if (exchange.ended_at_all()) lines.outcome(bytes, exchange);
  }
  if (session.end) lines.end(bytes, *session.end);
  return bytes;
}

void assert_reproduced(const corpus::Session& session) {
  const auto again = corpus::parse_session(written(session), "again");
  FUZZ_ASSERT(again && again->damage.empty());
  FUZZ_ASSERT(again->info == session.info && again->end == session.end);
  FUZZ_ASSERT(std::ranges::equal(again->exchanges, session.exchanges, corpus::same_apart_from_lines));
}

/// Each exchange of the part is one of the whole, at most without the outcome that had not come yet.
void assert_prefix(const corpus::Session& part, const corpus::Session& whole) {
  FUZZ_ASSERT(part.info == whole.info);
  FUZZ_ASSERT(!part.end || part.end == whole.end);
  for (const corpus::Exchange& exchange : part.exchanges) {
    const auto same = std::ranges::find(whole.exchanges, exchange.request_line, &corpus::Exchange::request_line);
    FUZZ_ASSERT(same != whole.exchanges.end());
    corpus::Exchange expected = *same;
    if (!exchange.ended_at_all()) {
      expected.outcome = {};
      expected.outcome_extra = {};
    }
    FUZZ_ASSERT(corpus::same_apart_from_lines(exchange, expected));
  }
}

}  // namespace

FUZZ_TARGET(bytes) {
  const std::string_view text = fuzz::text_of(bytes);
  const auto session = corpus::parse_session(text, "whole");
  if (!session) return;
  for (const corpus::Complaint& one : corpus::broken_promises(*session)) FUZZ_ASSERT(!one.fault.what.empty());
  assert_reproduced(*session);
  // Every cut of a short file, some of a long one: the time for a run must not grow with the square of the size.
  for (std::size_t size = 0; size < text.size(); size += 1 + text.size() / 64) {
    const auto part = corpus::parse_session(text.substr(0, size), "part");
    // A damaged line may become a good one by losing its end.
    if (part && session->damage.empty()) assert_prefix(*part, *session);
  }
}
