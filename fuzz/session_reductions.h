// The ways in which a session can be made smaller. For the shrinker.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "fuzz/json_index.h"
#include "fuzz/session_draft.h"

namespace fuzz {

/// One kind of thing that a session can do without. Units count from 0 in an order in which taking some out leaves
/// those in front of them as they were.
struct Reduction {
  std::string_view name;  ///< for a person: what is being taken out
  std::size_t (*count)(const SessionDraft& draft, JsonIndex& index);
  /// Takes out units from `begin` to one before `end`. False: nothing has changed.
  bool (*take_out)(SessionDraft& draft, JsonIndex& index, std::size_t begin, std::size_t end);
};

/// All of them, the coarsest first: calls, exchanges with what they led to, exchanges, members of batches, manners of
/// sending, members of JSON objects, long values, gaps.
std::span<const Reduction> reductions();

/// How many of them, from the first, take whole exchanges out.
inline constexpr std::size_t kWholeExchanges = 3;

}  // namespace fuzz
