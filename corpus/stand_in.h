// The texts that stand in for secrets: what they look like, and how they are told from everything else.
//
// A stand-in keeps the form of what it replaces, so that whoever reads it (a bot in a replay, say) can go on reading:
//
//   a GUID            a GUID, dashes and case as before, with a mark and a check sum in its digits
//   a JWT             a JWT whose header and claims decode, signed (HS256) with a key that anybody can know
//   base64            base64 of the same length, of "redacted-" and hex digits
//   anything else     "redacted-" and sixteen hex digits
//
// Each can be told by looking at it alone: so redacting twice changes nothing, and two sessions with different
// stand-ins for one secret can be compared.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/keyed_hash.h"
#include "corpus/spelling.h"

namespace corpus {

/// What every stand-in of no special form begins with. Sixteen lower-case hex digits follow: a keyed hash of the
/// secret, so that one value has one stand-in everywhere in a session and none can be guessed from it. Safe in a URL, a
/// header and JSON.
inline constexpr std::string_view kStandInPrefix = "redacted-";
inline constexpr std::size_t kPlainStandIn = kStandInPrefix.size() + 16;

/// Whether `text` is, as a whole, a stand-in of a secret, in whatever form.
bool is_stand_in(std::string_view text);

/// Where stand-ins of secrets stand in the text; in no order.
std::vector<Stretch> stand_ins_in(std::string_view text);

/// The text with one word in the place of each stand-in: two sessions have different stand-ins for one secret, and may
/// know it in different forms. GUIDs stay: whoever compares texts compares those as ids.
std::string without_stand_ins(std::string_view text);
/// Whether that changes anything.
bool holds_stand_in(std::string_view text);

/// "redacted-" and the first eight bytes of the hash.
std::string plain_stand_in(const Digest& digest);

/// Whose GUID it was: stand-ins of people are compared in a replay, those of secrets are not.
enum class GuidOf { secret, person };
/// The 32 digits of a GUID that stands in for another.
std::string guid_stand_in(const Digest& digest, GuidOf whose);
/// Whether these 32 lower-case digits are one.
bool is_guid_stand_in(std::string_view digits, GuidOf whose);

/// Base64 as `value` is; empty if `value` is no base64, or too short to hold the sixteen digits.
std::string base64_stand_in(const Digest& digest, std::string_view value);

/// A JWT with these claims, which must be a JSON object; empty if they are not. A claim "redacted" with the digits is
/// added unless it is there.
std::string token_stand_in(const Digest& digest, std::string_view claims);
/// The claims of a JWT of three parts, decoded; empty if it is something else.
std::string token_claims(std::string_view token);
/// What of the text is a token, or might have been.
struct TokenEnd {
  std::size_t end = 0;  ///< if it is none, none begins before this either
  bool is_token = false;
};
/// The end of the JWT that starts at `begin`: three parts (signed) to five (encrypted) with dots between them. `text`
/// has "eyJ" there, which is how base64url spells the `{"` that each begins with.
TokenEnd end_of_token(std::string_view text, std::size_t begin);

}  // namespace corpus
