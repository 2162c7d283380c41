// Property: however a message is cut on its way, it is read as the same; and what goes on to the upstream is read there
// as the same request, up to the fields that a proxy changes.
#include "harness/http_message.h"

#include <string>

#include "fuzz/target.h"
#include "fuzz/targets/message_pieces.h"

FUZZ_TARGET(bytes) {
  const std::string_view text = fuzz::text_of(bytes).substr(0, fuzz::kBodyLimit);
  fuzz::assert_same_however_cut<corpus::Request>(text);
  fuzz::assert_same_however_cut<corpus::Response>(text);
  const auto request = fuzz::read_in_pieces<corpus::Request>(text, text.size());
  if (!request.done) return;
  std::string wire;
  harness::append_request(wire, request.message, *harness::parse_url("http://upstream.example:8080"));
  const auto passed_on = fuzz::read_in_pieces<corpus::Request>(wire, wire.size());
  FUZZ_ASSERT(passed_on.done);
  FUZZ_ASSERT(passed_on.message.method == request.message.method && passed_on.message.body == request.message.body);
}
