// Property: what the typed parser says of a delivery is what a plain walk through the document finds there, and what it
// refuses is what the walk sees to be wrong.
#include <simdjson.h>

#include <optional>
#include <string>
#include <string_view>

#include "corpus/notification.h"
#include "fuzz/targets/plain_walk.h"

namespace {

using fuzz::Element;
using fuzz::PlainWalk;

void compare(const corpus::Participant& participant, Element shown) {
  FUZZ_ASSERT(participant.id == PlainWalk::text(shown, {"id"}));
  FUZZ_ASSERT(participant.metadata == PlainWalk::text(shown, {"metadata"}));
  FUZZ_ASSERT(participant.media_streams.size() == PlainWalk::count(shown, "mediaStreams"));
  const auto info = PlainWalk::first(shown, {"info"});
  FUZZ_ASSERT(static_cast<bool>(participant.info) == info.has_value());
  if (info) FUZZ_ASSERT(participant.info->region == PlainWalk::text(*info, {"region"}));
}

void compare(const corpus::Operation& operation, Element shown) {
  FUZZ_ASSERT(operation.id == PlainWalk::text(shown, {"id"}));
  FUZZ_ASSERT(operation.client_context == PlainWalk::text(shown, {"clientContext"}));
  FUZZ_ASSERT(operation.status.text == PlainWalk::text(shown, {"status"}));
  const auto result = PlainWalk::first(shown, {"resultInfo"});
  FUZZ_ASSERT(static_cast<bool>(operation.result_info) == result.has_value());
  if (!result) return;
  PlainWalk::compare(operation.result_info->code, PlainWalk::first(*result, {"code"}));
  PlainWalk::compare(operation.result_info->subcode, PlainWalk::first(*result, {"subcode", "subCode"}));
}

void compare(const corpus::Call& call, Element shown) {
  FUZZ_ASSERT(call.id == PlainWalk::text(shown, {"id"}));
  FUZZ_ASSERT(call.state.text == PlainWalk::text(shown, {"state"}));
  FUZZ_ASSERT(call.call_chain_id == PlainWalk::text(shown, {"callChainId"}));
}

void compare(const corpus::Notification& notification, Element shown) {
  FUZZ_ASSERT(notification.change_type.text == PlainWalk::text(shown, {"changeType"}));
  FUZZ_ASSERT(notification.resource == PlainWalk::text(shown, {"resource"}));
  FUZZ_ASSERT(notification.resource_url == PlainWalk::text(shown, {"resourceUrl"}));
  const auto data = PlainWalk::first(shown, {"resourceData"});
  FUZZ_ASSERT(data.has_value() == (notification.data.kind != corpus::ResourceKind::none));
  if (data) PlainWalk::pair(*data, notification.data, [](const auto& mine, Element theirs) { compare(mine, theirs); });
}

}  // namespace

FUZZ_TARGET(bytes) {
  static corpus::NotificationParser parser;
  static simdjson::dom::parser plain;
  const std::string_view text = fuzz::text_of(bytes);
  const auto parsed = parser.parse(text);
  Element root;
  const bool is_json = PlainWalk::parse(plain, text, root);
  if (!parsed) return PlainWalk::check_refusal(parsed.error(), is_json, root);
  FUZZ_ASSERT(is_json);
  if (!parsed->enveloped) return compare(parsed->value.front(), root);
  std::size_t at = 0;
  for (const Element shown : PlainWalk::elements(root, "value")) compare(parsed->value[at++], shown);
  FUZZ_ASSERT(at == parsed->value.size());
}
