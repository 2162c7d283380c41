// Property: what the typed parser says of a delivery, member by member, is what a plain walk through the document finds
// there; what it refuses is what the walk sees to be wrong, and nothing else; and it warns as often as something is
// odd.
#include <simdjson.h>

#include <string_view>

#include "corpus/json_place.h"
#include "corpus/notification.h"
#include "fuzz/targets/plain_walk.h"

FUZZ_TARGET(bytes) {
  static corpus::NotificationParser parser;
  static simdjson::dom::parser plain;
  constexpr std::size_t kMost = 300'000;  // so short that only the limits of depth and notifications can be met
  constexpr std::string_view kMark = "\xef\xbb\xbf";
  const corpus::ParseLimits limits;
  std::string_view text = fuzz::text_of(bytes).substr(0, kMost);
  const auto parsed = parser.parse(text);

  fuzz::PlainWalk walk(parsed ? &*parsed : nullptr);
  if (text.starts_with(kMark)) {
    text.remove_prefix(kMark.size());
    walk.odd();
  }
  fuzz::Element root;
  const bool one_mark = !text.starts_with(kMark);
  const bool json = one_mark && plain.parse(text.data(), text.size()).get(root) == simdjson::SUCCESS;
  const bool taken = json && fuzz::depth_of(root) <= limits.depth;
  // The scanner that says where a body breaks is no part of simdjson: it has to find the same bodies broken.
  FUZZ_ASSERT(corpus::first_json_fault(text, limits.depth).has_value() == !taken);
  taken ? walk.delivery(root) : walk.refuse();

  FUZZ_ASSERT(walk.refused() == !parsed);
  if (parsed) FUZZ_ASSERT(walk.oddities() == parser.warnings().list.size() + parser.warnings().more);
  if (!parsed && taken) fuzz::check_place(parsed.error(), root);
}
