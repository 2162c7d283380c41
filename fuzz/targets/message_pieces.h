// Reading a message of HTTP that comes in pieces, for the target http_message.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "fuzz/target.h"
#include "harness/http_parser.h"

namespace fuzz {

inline constexpr std::size_t kHeaderLimit = 8192;
inline constexpr std::size_t kBodyLimit = 65536;

/// What reading came to.
template <typename Message>
struct Reading {
  Message message;
  bool done = false;
};

/// Reads one message that comes in pieces of that size.
template <typename Message>
Reading<Message> read_in_pieces(std::string_view text, std::size_t piece) {
  Reading<Message> reading;
  harness::MessageParser<Message> parser;
  parser.start(reading.message, kHeaderLimit, kBodyLimit);
  std::string pending;
  while (!text.empty() && !parser.done() && parser.fault() == harness::ParseFault::none) {
    pending += text.substr(0, piece);
    text.remove_prefix(std::min(piece, text.size()));
    pending.erase(0, parser.feed(pending));
  }
  if (!parser.done() && parser.fault() == harness::ParseFault::none) parser.feed_end();
  reading.done = parser.done();
  return reading;
}

template <typename Message>
void assert_same_however_cut(std::string_view text) {
  const Reading<Message> whole = read_in_pieces<Message>(text, text.size());
  for (const std::size_t piece : {std::size_t{1}, std::size_t{7}}) {
    const Reading<Message> pieces = read_in_pieces<Message>(text, piece);
    // When a fault is seen, and which of two, may depend on what has arrived; whether the message is good may not.
    FUZZ_ASSERT(pieces.done == whole.done);
    FUZZ_ASSERT(!whole.done || pieces.message == whole.message);
  }
}

}  // namespace fuzz
