// IP addresses in texts: those that say where somebody is.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace corpus {

/// Four numbers with dots between them.
struct AddressV4 {
  std::array<unsigned, 4> parts{};
  std::size_t end = 0;  ///< where in the text the last one ends

  /// Addresses that are nobody's: this network, loopback, link-local, documentation, benchmarks, multicast and
  /// above. The stand-ins of others are among those for benchmarks.
  bool is_nobodys() const;
};

/// The address that begins there; nothing if none does.
std::optional<AddressV4> address_v4_at(std::string_view text, std::size_t begin);

/// Up to eight groups of up to four hex digits; "::" stands for what is missing. No time ("::" is missing), and no name
/// of C++ (they have hardly any digits, and short words).
bool is_address_v6(std::string_view text);

/// Whether such an address is for documentation, or multicast.
bool is_nobodys_v6(std::string_view text);

}  // namespace corpus
