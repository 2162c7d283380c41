// The payloads that tests and benchmarks of the mutator work on.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fuzz/vocabulary.h"

namespace fuzz {

/// What Graph posted to the bot in the sample sessions, each body once.
std::vector<std::string> sample_payloads();

/// A frozen vocabulary that knows these payloads.
Vocabulary vocabulary_of(const std::vector<std::string>& payloads);

/// True if simdjson's DOM, which checks the whole text, takes it; to a depth that no mutation passes.
bool is_json(std::string_view text);

}  // namespace fuzz
