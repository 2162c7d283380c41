// Property: redaction leaves nothing of a planted secret, changes nothing the second time, and nothing that holds no
// secret.
#include "corpus/redaction.h"

#include <string>

#include "fuzz/target.h"
#include "fuzz/targets/message_lines.h"

namespace {

/// Nothing else contains it, and nothing in it needs to be escaped anywhere.
constexpr std::string_view kSecret = "Zx7-planted-secret-Qw9";

}  // namespace

FUZZ_TARGET(bytes) {
  corpus::Request request = fuzz::request_of_lines(fuzz::text_of(bytes));
  corpus::Redactor redactor(corpus::Redactor::Key{});
  corpus::Request first = {"GET", "/", {{"Authorization", "Bearer " + std::string(kSecret)}}, {}, {}};
  redactor.redact(first);
  FUZZ_ASSERT(!fuzz::holds(first, kSecret));

  // The secret goes to a place that the input chooses.
  const std::size_t place = bytes.empty() ? 0 : bytes[0] * request.body.size() / 256;
  request.body.insert(place, kSecret);
  redactor.redact(request);
  FUZZ_ASSERT(!fuzz::holds(request, kSecret));

  corpus::Request again = request;
  corpus::Redactor::Key key{};
  key[0] = std::byte{1};
  corpus::Redactor(key).redact(again);
  FUZZ_ASSERT(again == request);
}
