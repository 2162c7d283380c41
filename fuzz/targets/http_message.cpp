// Property: however a message is cut on its way, it is read as the same; and what goes on to the upstream is read there
// as the same request, up to the fields that a proxy changes.
#include "harness/http_message.h"

#include <algorithm>
#include <string>

#include "fuzz/target.h"
#include "harness/http_parser.h"

namespace {

constexpr std::size_t kHeaderLimit = 8192;
constexpr std::size_t kBodyLimit = 65536;

/// What reading came to.
template <typename Message>
struct Reading {
  Message message;
  bool done = false;
};

/// Reads one message that comes in pieces of that size.
template <typename Message>
Reading<Message> read(std::string_view text, std::size_t piece) {
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
  const Reading<Message> whole = read<Message>(text, text.size());
  for (const std::size_t piece : {std::size_t{1}, std::size_t{7}}) {
    const Reading<Message> pieces = read<Message>(text, piece);
    // When a fault is seen, and which of two, may depend on what has arrived; whether the message is good may not.
    FUZZ_ASSERT(pieces.done == whole.done);
    FUZZ_ASSERT(!whole.done || pieces.message == whole.message);
  }
}

}  // namespace

FUZZ_TARGET(bytes) {
  const std::string_view text = fuzz::text_of(bytes).substr(0, kBodyLimit);
  assert_same_however_cut<corpus::Request>(text);
  assert_same_however_cut<corpus::Response>(text);
  const Reading<corpus::Request> request = read<corpus::Request>(text, text.size());
  if (!request.done) return;
  std::string wire;
  harness::append_request(wire, request.message, *harness::parse_url("http://upstream.example:8080"));
  const Reading<corpus::Request> passed_on = read<corpus::Request>(wire, wire.size());
  FUZZ_ASSERT(passed_on.done);
  FUZZ_ASSERT(passed_on.message.method == request.message.method && passed_on.message.body == request.message.body);
}
