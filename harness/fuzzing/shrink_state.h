// What a shrinking knows of its candidates, in a file, so that an interrupted one goes on where it was.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "corpus/error.h"
#include "fuzz/session_shrinker.h"

namespace harness {

/// What the verdicts are about: other ones say nothing about this finding, or about this bot.
struct ShrinkSubject {
  std::string bucket;
  std::string bot;  ///< how it is played to
};

/// The verdicts in the file at `path`; none if there is no such file, nothing if they are about another bot. A fault if
/// it cannot be read, or is about another finding.
corpus::Result<std::optional<fuzz::ShrinkVerdicts>> known_verdicts(const std::string& path,
                                                                   const ShrinkSubject& subject);

/// Puts them there, whole or not at all.
corpus::Result<void> keep_verdicts(const std::string& path, const ShrinkSubject& subject,
                                   const fuzz::ShrinkVerdicts& verdicts);

/// The command with the size and the time of each file that it names: a program that was built anew is another bot.
std::string with_files(std::string_view command);

}  // namespace harness
