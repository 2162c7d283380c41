// Property: redaction leaves nothing of a planted secret or of the planted id of a person, and taking secrets out
// changes nothing the second time.
#include "corpus/redaction.h"

#include <string>

#include "corpus/ids.h"
#include "fuzz/target.h"
#include "fuzz/targets/message_lines.h"

namespace {

/// Nothing else contains it, and nothing in it needs to be escaped anywhere.
constexpr std::string_view kSecret = "Zx7-planted-secret-Qw9";

constexpr std::string_view kUser = "7e1f4c3a-92d8-4b6e-8f05-3c9d1a7b2e64";

/// Whether the id stands in the text. Inside a longer word, which the fuzzer makes of it as well, it is another word.
bool names_user(std::string_view text) {
  for (const corpus::Span& guid : corpus::find_guids(text)) {
    if (corpus::same_id(guid.of(text), kUser)) return true;
  }
  return false;
}

}  // namespace

FUZZ_TARGET(bytes) {
  corpus::Request request = fuzz::request_of_lines(fuzz::text_of(bytes));
  corpus::Redactor redactor(corpus::Redactor::Key{});
  corpus::Request first = {"GET", "/", {{"Authorization", "Bearer " + std::string(kSecret)}}, {}, {}};
  redactor.redact(first);
  FUZZ_ASSERT(!fuzz::holds(first, kSecret));

  // Both go to a place that the input chooses.
  const std::size_t place = bytes.empty() ? 0 : bytes[0] * request.body.size() / 256;
  corpus::Redactor people(corpus::Redactor::Key{}, corpus::Redactor::Scope::people);
  corpus::Request told = {"POST", "/users/" + std::string(kUser), {}, {}, {}};
  people.redact(told);
  FUZZ_ASSERT(!names_user(told.target));
  corpus::Request about = request;
  about.body.insert(place, kUser);
  people.redact(about);
  FUZZ_ASSERT(!names_user(about.body) && !names_user(about.target));
  request.body.insert(place, kSecret);
  redactor.redact(request);
  FUZZ_ASSERT(!fuzz::holds(request, kSecret));

  corpus::Request again = request;
  corpus::Redactor::Key key{};
  key[0] = std::byte{1};
  corpus::Redactor(key).redact(again);
  FUZZ_ASSERT(again == request);
}
