// Property: how a delivery is spelled changes nothing that is parsed. White space, the order of members, escapes, the
// spelling of whole numbers, and whether notifications come in one delivery or each in its own, are spelling.
#include <simdjson.h>

#include "corpus/notification.h"
#include "fuzz/targets/respelling.h"

FUZZ_TARGET(bytes) {
  static corpus::NotificationParser parser;
  static corpus::NotificationParser other;
  static simdjson::dom::parser plain;
  const std::string_view text = fuzz::text_of(bytes);
  simdjson::dom::element root;
  // What a parser of limits refuses may be within them in another spelling, and the other way round.
  if (text.size() > 100'000 || plain.parse(text.data(), text.size()).get(root) != simdjson::SUCCESS) return;
  if (fuzz::Respelling::has_twins(root)) return;  // of two members of one name the first counts: order is no spelling
  const auto parsed = parser.parse(text);

  fuzz::Respelling respelling(text);
  const std::string spelled = respelling.spell(root);
  const auto same = other.parse(spelled);
  FUZZ_ASSERT(same.has_value() == parsed.has_value());
  if (!parsed) return;
  FUZZ_ASSERT(fuzz::Respelling::equal(*same, *parsed));
  if (!parsed->enveloped) return;

  std::size_t at = 0;
  const simdjson::dom::array notifications = root["value"].get_array().value_unsafe();
  for (const simdjson::dom::element one : notifications) {
    if (one.is_null()) continue;
    const auto alone = other.parse(R"({"value":[)" + respelling.spell(one) + "]}");
    FUZZ_ASSERT(alone && alone->value.size() == 1);
    FUZZ_ASSERT(fuzz::Respelling::equal(alone->value.front(), parsed->value[at++]));
  }
  FUZZ_ASSERT(at == parsed->value.size());
}
