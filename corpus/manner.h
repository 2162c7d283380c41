// How the player is to send a message, where that is not simply "whole and at once": what a session says beyond the
// message itself.
//
// The two members, "sending" and "token", are described on the page corpus/FORMAT.md. They stand among a message's
// unknown members (Request::extra, Response::extra), so that whoever copies a message copies them too.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/error.h"
#include "corpus/exchange.h"

namespace corpus {

/// Where a message breaks off.
enum class Breaking {
  nowhere,
  before,  ///< the connection is reset instead of the message's first byte
  within,  ///< it is reset within the body: after the first piece, or after half of it if there are no pieces
};

/// How a message is put on the wire. A value; made by the mutator, performed by the player.
struct Sending {
  std::vector<std::int64_t> pieces{};    ///< bytes of body in each write (and chunk); what remains is the last piece
  Micros hold = 0;                       ///< before the first byte; real time, whatever the replay's speed
  Micros pause = 0;                      ///< before each piece but the first; real time as well
  std::optional<std::int64_t> length{};  ///< what Content-Length says instead of the truth
  bool gzip = false;                     ///< the body goes out under gzip, with its Content-Encoding
  Breaking breaks = Breaking::nowhere;

  bool operator==(const Sending&) const = default;
};

/// What is wrong with the token that a delivery carries.
enum class TokenFlaw { expired, wrong_audience, wrong_issuer, unknown_key, alg_none, none, two };

/// The word that stands for a flaw in a session file.
std::string_view word_of(TokenFlaw flaw);

/// Every flaw, in the order of the enumeration.
inline constexpr TokenFlaw kTokenFlaws[] = {TokenFlaw::expired,     TokenFlaw::wrong_audience, TokenFlaw::wrong_issuer,
                                            TokenFlaw::unknown_key, TokenFlaw::alg_none,       TokenFlaw::none,
                                            TokenFlaw::two};

/// Both members of one message. Neither of them: it is sent as every other one.
struct Manner {
  std::optional<Sending> sending;
  std::optional<TokenFlaw> token;  ///< of requests of the webhook leg

  bool operator==(const Manner&) const = default;
};

/// The longest hold or pause that a session may ask for: a minute, which is longer than any bot waits for a body.
inline constexpr Micros kLongestPause = 60'000'000;

/// Reads the manner from a message's unknown members. Error::invalid, with the member and the reason in `what`, if one
/// of the two is not what the format says.
Result<Manner> manner_of(std::string_view extra);

/// Whether manner_of() can read all messages of the session; the fault names the first exchange whose it cannot.
Result<void> check_manners(const Session& session);

/// Puts the manner among the unknown members, in place of one that stands there.
void set_manner(std::string& extra, const Manner& manner);

}  // namespace corpus
