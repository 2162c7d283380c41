// What the target session_file asks of a session and its file.
#pragma once

#include <algorithm>
#include <string>

#include "corpus/line_writer.h"
#include "corpus/session_file.h"
#include "corpus/verify.h"
#include "fuzz/target.h"

namespace fuzz {

/// The session as a file, in the order in which its exchanges stand.
inline std::string session_text(const corpus::Session& session) {
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

/// Each exchange of the part is one of the whole, at most without the outcome that had not come yet.
inline void assert_prefix(const corpus::Session& part, const corpus::Session& whole) {
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

}  // namespace fuzz
