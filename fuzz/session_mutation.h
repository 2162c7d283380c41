// The list of session mutations: what there is to choose from, by group and name.
//
// What each one does, and what of it Graph may do, stands in fuzz/SESSION_MUTATIONS.md.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/error.h"

namespace fuzz {

/// What a session mutation is about.
enum class SessionGroup : std::uint8_t { order, number, time, batch, payload, interleave, answers, http, identity };
inline constexpr std::size_t kSessionGroups = 9;

/// The word for a group, as `--only` and `--weights` take it.
std::string_view name_of(SessionGroup group);

/// What is known about a session mutation without applying it.
struct SessionMutationInfo {
  std::string_view name;
  SessionGroup group = SessionGroup::order;
  std::uint32_t weight = 1;  ///< its chance within its group
  bool legal = false;        ///< Graph may do this: a bot has to send the same requests as before
  bool on_request = false;   ///< only where forbidden orders are asked for
  std::string_view about;    ///< one line for a person
};

/// All of them, group by group.
std::span<const SessionMutationInfo> session_mutations();

/// How often each group is chosen, relative to the others; 0: never.
using GroupWeights = std::array<std::uint32_t, kSessionGroups>;

/// Order, number and time, where bots break, more often than the rest.
GroupWeights default_weights();

/// `order`, `order,time`, … Error::invalid names the word that is no group, and the groups that there are.
corpus::Result<std::vector<SessionGroup>> parse_groups(const std::vector<std::string>& words);

/// `order=5,http=0`, over the default weights. Error::invalid if a word is no group, a weight is no number up to 1000,
/// a group stands twice, or nothing is left that could be chosen.
corpus::Result<GroupWeights> parse_weights(const std::vector<std::string>& words);

}  // namespace fuzz
