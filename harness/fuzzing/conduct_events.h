// What a bot was told and what it asked for in a live session, cut down to what its conduct is judged by.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/exchange.h"

namespace harness {

/// The digits of a GUID: comparing them costs nothing.
using Id = std::array<char, 32>;

std::string text_of(const Id& id);

/// A request of the bot's that does something.
struct Act {
  const corpus::Exchange* exchange = nullptr;
  std::optional<Id> call;    ///< nothing: it makes one, or the id is no GUID
  std::optional<Id> person;  ///< behind "participants"
  std::string shape;         ///< method and path without ids
  std::string key;           ///< equal for requests that ask for the same
};

/// Something that the bot heard of at that time.
struct Told {
  const corpus::Exchange* exchange = nullptr;
  bool delivery = false;       ///< by Graph or a person; else by an answer
  bool wish = false;           ///< a person's
  bool repeated = false;       ///< the same message has come before
  std::vector<Id> ids;         ///< in the message, or in the request and its answer
  std::optional<Id> about;     ///< of an answer: the call in the request's path
  std::vector<Id> ended = {};  ///< calls of which a delivery tells the end

  bool names(const std::optional<Id>& id) const {
    return id && (about == id || std::ranges::find(ids, *id) != ids.end());
  }
};

/// The requests of the bot's about calls, in the order of time; polling is left out. `session` must outlive them.
std::vector<Act> acts_of(const corpus::Session& session);

/// All deliveries, and the answers of Graph's to what succeeded. `session` must outlive them.
std::vector<Told> told_in(const corpus::Session& session);

/// The GUIDs in a text, JSON that is damaged included.
std::vector<Id> ids_in(std::string_view text);

/// Calls of which a delivery says, beyond doubt, that they have ended, and which the bot has acknowledged. Bots differ
/// in how they read what contradicts itself or is not quite as it should be, and one that has not understood it has
/// done nothing wrong.
std::vector<Id> ended_by(const corpus::Exchange& delivery);

/// What sort of news a delivery is: about a roster, about a call that is established. Equal for those that a bot may
/// take in the same way; empty for what is no notification.
std::string sort_of_news(const corpus::Exchange& delivery);

/// Whether it was answered, in one piece and with a status below 300.
bool succeeded(const corpus::Exchange& exchange);

}  // namespace harness
