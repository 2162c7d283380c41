// Secrets are taken out of messages before anything is written.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "corpus/exchange.h"

namespace corpus {

/// What every stand-in begins with. Sixteen lower-case hex digits follow: a keyed hash of the secret, so that one value
/// has one stand-in everywhere in a session and none can be guessed from it. Safe in a URL, a header and JSON.
inline constexpr std::string_view kStandInPrefix = "redacted-";

/// Whether `text` is, as a whole, a stand-in.
bool is_stand_in(std::string_view text);

/// The text with the digits of each stand-in left out: two sessions have different stand-ins for one secret.
std::string without_stand_ins(std::string_view text);

/// Replaces secrets in messages: credentials in headers, in the query, in form and JSON members, JWTs wherever they
/// stand, and any value that was once seen as a secret wherever it stands again.
///
/// Memory is bounded: of secrets seen, the latest ones are kept. One redactor serves one session.
class Redactor {
 public:
  using Key = std::array<std::byte, 32>;

  /// `key`: fresh random bytes for each session. It is never written.
  explicit Redactor(const Key& key);
  ~Redactor();
  Redactor(Redactor&&) noexcept;
  Redactor& operator=(Redactor&&) noexcept;

  /// Replaces every secret in the message, in place. Bytes that hold no secret stay exactly as they are.
  void redact(Request& request);
  void redact(Response& response);

  /// The stand-in of a value under this session's key.
  std::string stand_in(std::string_view secret) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace corpus
