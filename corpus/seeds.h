// Seeds for fuzz targets, made from what was recorded: the bodies, sorted by what a parser would take them for, and the
// words that stand in them.
#pragma once

#include <array>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/exchange.h"

namespace corpus {

/// One input of one kind of fuzz target.
struct Seed {
  std::string_view target;  ///< the folder it belongs into: one of kSeedTargets
  std::string bytes;

  bool operator==(const Seed&) const = default;
};

/// What Graph posts to the bot; what the bot asks for when it invites; what Graph answers to an action on a call; for
/// redaction, a message as lines: target, headers, body; for readers of HTTP, a request or an answer as on the wire;
/// and for correlation, the ids of the session in pairs, an empty line, and a body that they stand in.
inline constexpr std::string_view kNotificationSeeds = "notification";
inline constexpr std::string_view kInviteSeeds = "invite";
inline constexpr std::string_view kOperationSeeds = "operation";
inline constexpr std::string_view kRedactionSeeds = "redaction";
inline constexpr std::string_view kHttpMessageSeeds = "http_message";
inline constexpr std::string_view kCorrelationSeeds = "correlation";
/// The file of a session itself. seeds_of() does not make these: it never sees the file.
inline constexpr std::string_view kSessionFileSeeds = "session_file";
inline constexpr std::array kSeedTargets = {kNotificationSeeds, kInviteSeeds,      kOperationSeeds,  kRedactionSeeds,
                                            kHttpMessageSeeds,  kCorrelationSeeds, kSessionFileSeeds};

/// The seeds of a session in its order, the same bytes only once for each target. Empty bodies are none.
std::vector<Seed> seeds_of(const Session& session);

/// The name under which libFuzzer itself keeps an input: SHA-1 of the bytes in 40 lower-case digits. A merge of corpora
/// then finds the same input under the same name.
std::string seed_name(std::string_view bytes);

/// Adds the words of a body to a dictionary: every key and every text of JSON that is not an id, as entries of the
/// format that libFuzzer and AFL++ read, quotes included. Words over 64 bytes are left out: libFuzzer passes over them.
/// Of what is not JSON the tokens that can be seen are taken.
void add_dictionary_words(std::string_view body, std::set<std::string>& entries);

}  // namespace corpus
