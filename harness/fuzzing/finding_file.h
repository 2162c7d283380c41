// Findings of the traffic fuzzer as ordinary session files, with a note of what they show.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "corpus/error.h"
#include "corpus/exchange.h"
#include "harness/fuzzing/symptoms.h"

namespace harness {

/// What a finding file says of itself in the member "fuzz" of its first line.
struct FindingNote {
  std::string bucket;
  bool legal = false;      ///< all that was done is what Graph may do
  std::uint64_t seed = 0;  ///< of the mutator
  std::vector<std::string> mutations;

  bool operator==(const FindingNote&) const = default;
};

/// "findings/died-0123456789ab.session.jsonl".
std::string finding_path(const std::string& folder, const Symptom& symptom);

/// Puts the session with the note into a file, whole or not at all. A file that is there is replaced.
corpus::Result<void> write_finding(const std::string& path, corpus::Session session, const FindingNote& note);

/// The note of a session; nothing if it has none. A fault if it is not what write_finding() writes.
corpus::Result<std::optional<FindingNote>> note_of(const corpus::Session& session);

}  // namespace harness
