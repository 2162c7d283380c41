#include "replay/participant_names.h"

#include <algorithm>
#include <array>
#include <vector>

#include "corpus/ids.h"

namespace replay {
namespace {

using simdjson::dom::element;
using simdjson::dom::object;

// Members of an identity set, by which it is known where it stands in an array itself (coOrganizers).
constexpr std::array<std::string_view, 5> kIdentities = {"user", "application", "applicationInstance", "phone",
                                                         "guest"};

std::string_view text_of(const object& holder, std::string_view member) {
  std::string_view text;
  return holder.at_key(member).get_string().get(text) == simdjson::SUCCESS ? text : std::string_view();
}

// The identity set that says who a participant is.
bool find_identity(const object& participant, object& identity) {
  if (participant.at_key("identity").get_object().get(identity) == simdjson::SUCCESS) return true;
  object info;
  if (participant.at_key("info").get_object().get(info) == simdjson::SUCCESS &&
      info.at_key("identity").get_object().get(identity) == simdjson::SUCCESS) {
    return true;
  }
  object ignored;
  identity = participant;
  return std::ranges::any_of(kIdentities, [&](std::string_view kind) {
    return participant.at_key(kind).get_object().get(ignored) == simdjson::SUCCESS;
  });
}

}  // namespace

Names participant_names(const element& element, const Translation& translate) {
  object participant;
  object identity;
  if (element.get_object().get(participant) != simdjson::SUCCESS || !find_identity(participant, identity)) return {};
  const auto canonical = [&](std::string_view id) { return corpus::canonical_id(translate(id)); };
  Names names;
  for (const std::string_view member : {"id", "participantId"}) {
    if (const std::string_view own = text_of(participant, member); !own.empty()) names.push_back(canonical(own));
  }
  std::vector<std::string> people;
  for (const auto& [kind, value] : identity) {
    object person;
    if (value.get_object().get(person) != simdjson::SUCCESS) continue;
    const std::string_view id = text_of(person, "id");
    if (!id.empty()) people.push_back(std::string(kind) + ' ' + canonical(id));
  }
  std::ranges::sort(people);
  std::string who;
  for (const std::string& person : people) who += person + '\n';
  if (!who.empty()) names.push_back(std::move(who));
  return names;
}

bool replaces_call(const element& element) {
  std::string_view call;
  return element["replacesCallId"].get_string().get(call) == simdjson::SUCCESS && !call.empty();
}

}  // namespace replay
