#include "tests/bench/accepted/envelope.h"

namespace bench {

bool EnvelopeFinder::is_envelope(std::string_view text) {
  simdjson::dom::array value;
  if (parser_.parse(text.data(), text.size())["value"].get(value)) return false;
  for (const simdjson::dom::element item : value) {
    simdjson::dom::object notification;
    if (item.get(notification) || !notification["changeType"].is_string()) continue;
    if (notification["resource"].is_string() || notification["resourceUrl"].is_string()) return true;
  }
  return false;
}

}  // namespace bench
