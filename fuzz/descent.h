// Which exchange of a recording one of a mutated session was made of.
//
// It stands among the unknown members of a request's line, "made_of" and "part" (fuzz/SESSION_MUTATIONS.md). Exchanges
// without them are those of the recording that have their number.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fuzz {

/// A copy of an exchange, or a part that was split off from it.
struct Descent {
  std::int64_t made_of = 0;  ///< the exchange's number in the recording
  std::int64_t part = 0;     ///< 0: all of it, or what stayed in its place when it was split; 1: the rest

  bool operator==(const Descent&) const = default;
};

/// Reads it from the unknown members of a line; nothing if there is none that can be read.
std::optional<Descent> descent_of(std::string_view extra);

/// Puts it among the unknown members of a line, in place of what stands there; nullopt only takes that out.
void set_descent(std::string& extra, const std::optional<Descent>& descent);

}  // namespace fuzz
