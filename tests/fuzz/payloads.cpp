#include "tests/fuzz/payloads.h"

#include <simdjson.h>

#include <algorithm>
#include <filesystem>

#include "corpus/seeds.h"
#include "corpus/session_file.h"
#include "tests/support/source_path.h"

namespace fuzz {

std::vector<std::string> sample_payloads() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(support::source_path("corpus/sessions"))) {
    files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::vector<std::string> payloads;
  for (const auto& file : files) {
    const auto session = corpus::read_session(file.string());
    if (!session) continue;
    for (corpus::Seed& seed : corpus::seeds_of(*session)) {
      const bool wanted =
          seed.target == corpus::kNotificationSeeds && seed.bytes.find("commsNotifications") != std::string::npos;
      const bool known = std::find(payloads.begin(), payloads.end(), seed.bytes) != payloads.end();
      if (wanted && !known) payloads.push_back(std::move(seed.bytes));
    }
  }
  return payloads;
}

Vocabulary vocabulary_of(const std::vector<std::string>& payloads) {
  Vocabulary vocabulary;
  for (const std::string& payload : payloads) vocabulary.learn(payload);
  vocabulary.freeze();
  return vocabulary;
}

bool is_json(std::string_view text) {
  constexpr std::size_t kDepth = 100000;
  simdjson::dom::parser parser;
  if (parser.allocate(text.size() + 64, kDepth) != simdjson::SUCCESS) return false;
  return parser.parse(simdjson::padded_string(text)).error() == simdjson::SUCCESS;
}

}  // namespace fuzz
