// Property: what the reader accepts, the writer reproduces, and a file that is cut at any byte reads as a prefix of
// itself.
#include "corpus/session_file.h"

#include <algorithm>

#include "corpus/verify.h"
#include "fuzz/target.h"
#include "fuzz/targets/session_part.h"

namespace {

void assert_reproduced(const corpus::Session& session) {
  const auto again = corpus::parse_session(fuzz::session_text(session), "again");
  FUZZ_ASSERT(again && again->damage.empty());
  FUZZ_ASSERT(again->info == session.info && again->end == session.end);
  FUZZ_ASSERT(std::ranges::equal(again->exchanges, session.exchanges, corpus::same_apart_from_lines));
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
    if (part && session->damage.empty()) fuzz::assert_prefix(*part, *session);
  }
}
