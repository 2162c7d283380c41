// Property: redaction leaves nothing of a planted secret, changes nothing the second time, and nothing that holds no
// secret.
#include "corpus/redaction.h"

#include <string>

#include "corpus/json_text.h"
#include "fuzz/target.h"

namespace {

/// Nothing else contains it, and nothing in it needs to be escaped anywhere.
constexpr std::string_view kSecret = "Zx7-planted-secret-Qw9";

/// The input cut in three: lines of headers, a target, a body.
corpus::Request message(std::string_view text) {
  corpus::Request request;
  request.method = "POST";
  const auto take = [&text](char end) {
    const std::string_view part = text.substr(0, text.find(end));
    text.remove_prefix(std::min(part.size() + 1, text.size()));
    return std::string(part);
  };
  request.target = take('\n');
  for (int headers = 0; headers < 8 && !text.empty(); ++headers) {
    std::string name = take(':');
    request.headers.push_back({std::move(name), take('\n')});
  }
  request.body = text;
  return request;
}

bool holds_secret(const corpus::Request& request) {
  const auto holds = [](std::string_view text) { return text.find(kSecret) != text.npos; };
  for (const corpus::Header& header : request.headers) {
    if (holds(header.value)) return true;
  }
  return holds(request.target) || holds(request.body);
}

}  // namespace

FUZZ_TARGET(bytes) {
  corpus::Request request = message(fuzz::text_of(bytes));
  corpus::Redactor redactor(corpus::Redactor::Key{});
  corpus::Request first = {"GET", "/", {{"Authorization", "Bearer " + std::string(kSecret)}}, {}, {}};
  redactor.redact(first);
  FUZZ_ASSERT(!holds_secret(first));

  // The secret goes to a place that the input chooses.
  const std::size_t place = bytes.empty() ? 0 : bytes[0] * request.body.size() / 256;
  request.body.insert(place, kSecret);
  redactor.redact(request);
  FUZZ_ASSERT(!holds_secret(request));

  corpus::Request again = request;
  corpus::Redactor::Key key{};
  key[0] = std::byte{1};
  corpus::Redactor(key).redact(again);
  FUZZ_ASSERT(again == request);
}
