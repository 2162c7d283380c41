// What tells the participants of an array apart.
#pragma once

#include <simdjson.h>

#include <functional>
#include <string>
#include <string_view>

#include "replay/array_alignment.h"

namespace replay {

/// An id of the recording as it is called in the live run; for a live id, itself.
using Translation = std::function<std::string_view(std::string_view)>;

/// The names under which an element of an array is known: the id of the participant, then who it is (user, application,
/// phone, …). None if it is no participant: what is invited, called, redirected to or in a roster carries an identity.
Names participant_names(const simdjson::dom::element& element, const Translation& translate);

/// Whether the place in the array means something: of those invited in somebody's stead Graph reads the first alone.
bool replaces_call(const simdjson::dom::element& element);

}  // namespace replay
