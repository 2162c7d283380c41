// HMAC-SHA256 under one key, many times.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace corpus {

/// The 32 bytes of a hash.
using Digest = std::array<unsigned char, 32>;

/// Computes keyed hashes. Owns what OpenSSL prepares for a key, which costs more than hashing a short text does.
class KeyedHash {
 public:
  explicit KeyedHash(std::span<const std::byte> key);
  ~KeyedHash();
  KeyedHash(KeyedHash&&) noexcept;
  KeyedHash& operator=(KeyedHash&&) noexcept;

  /// The hash of all parts, one behind the other.
  Digest of(std::string_view text) const { return of({}, text); }
  Digest of(std::string_view before, std::string_view text) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace corpus
