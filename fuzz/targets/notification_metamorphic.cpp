// Property: how a delivery is spelled changes nothing that is parsed. White space, the order of members, escapes, the
// spelling of numbers, and whether notifications come in one delivery, each in its own, or together with those of
// another one, are spelling.
#include <simdjson.h>

#include "corpus/notification.h"
#include "fuzz/target.h"
#include "fuzz/targets/rebatching.h"
#include "fuzz/targets/respelling.h"

FUZZ_TARGET(bytes) {
  static corpus::NotificationParser parser;
  static corpus::NotificationParser other;
  static simdjson::dom::parser plain;
  const std::string_view text = fuzz::text_of(bytes);
  simdjson::dom::element root;
  // What a parser of limits refuses may be within them in another spelling, and the other way round.
  if (text.size() > 100'000 || plain.parse(text.data(), text.size()).get(root) != simdjson::SUCCESS) return;
  if (fuzz::has_twins(root)) return;
  const auto parsed = parser.parse(text);

  fuzz::Respelling respelling(text);
  const std::string spelled = respelling.spell(root);
  const auto same = other.parse(spelled);
  FUZZ_ASSERT(same.has_value() == parsed.has_value());
  if (!parsed) return;
  FUZZ_ASSERT(fuzz::same_but_raw(*same, *parsed));
  fuzz::Rebatching(root, *parsed, respelling).check();
}
