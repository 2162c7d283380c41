// What was learnt of a session, in a file that people can read and review.
//
// The format is on the page replay/NOISE.md.
#pragma once

#include <string>
#include <string_view>

#include "corpus/error.h"
#include "replay/noise.h"

namespace replay {

/// What the name of a noise file ends in; before it stands the session's, "invite" of "invite.session.jsonl".
inline constexpr std::string_view kNoiseSuffix = ".noise.json";

/// The whole file: each entry, and each value that was seen, on a line of its own.
std::string noise_text(const NoiseRecord& record);

/// Reads it. The fault says where: "file:line" for what is no JSON, "file#/places/0/runs" for a member that cannot be.
corpus::Result<NoiseRecord> parse_noise(std::string_view text, const std::string& file);

}  // namespace replay
