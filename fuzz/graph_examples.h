// What Graph sends to calling bots, as far as it is documented or was seen: known without any recording.
#pragma once

#include <span>
#include <string_view>

namespace fuzz {

/// The values that are known for the members of one name.
struct KnownValues {
  std::string_view key;
  std::string_view values;  ///< a JSON array
};

/// One notification of each kind, with every member that its type has; as elements of an envelope's "value".
std::span<const std::string_view> graph_notifications();

/// The values of Graph's enumerations and the forms of its ids, numbers and dates.
std::span<const KnownValues> graph_values();

}  // namespace fuzz
