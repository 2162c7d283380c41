// What SecretFinder knows of JSON.
#include <algorithm>
#include <cstring>
#include <string>

#include "corpus/json_scan.h"
#include "corpus/secret_finder.h"

namespace corpus {
namespace {

bool is_json_space(char byte) {
  return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

bool holds(std::string_view text, char byte) {
  return text.find(byte) != text.npos;
}

}  // namespace

// Without an escape every quote begins or ends a string, so keys can be found by the colon behind them: most messages
// are like that, and walking all their tokens takes three times as long.
void SecretFinder::look_into_plain_json() {
  for (std::size_t colon = text_.find(':'); colon != text_.npos; colon = text_.find(':', colon + 1)) {
    std::size_t close = colon;
    while (close > 0 && is_json_space(text_[close - 1])) --close;
    if (close < 2 || text_[close - 1] != '"') continue;
    const std::string_view before = text_.substr(0, close - 1);
    const std::string_view near = before.substr(before.size() - std::min(before.size(), kLongestSecretName + 1));
    const auto* const open = static_cast<const char*>(memrchr(near.data(), '"', near.size()));
    if (open == nullptr) continue;
    const MemberSecret secret = secret_in_member({open + 1, before.data() + before.size()});
    if (secret == MemberSecret::none) continue;
    const std::size_t value = std::min(text_.find_first_not_of(" \t\r\n,:", colon), text_.size());
    if (value < text_.size() && (text_[value] == '[' || text_[value] == '{')) return look_into_json();
    if (value == text_.size() || text_[value] != '"') continue;
    const std::size_t end = std::min(text_.find('"', value + 1), text_.size());
    take_member(secret, text_.substr(value + 1, end - value - 1));
  }
}

void SecretFinder::look_into_json() {
  const bool has_percent = holds(text_, '%');
  MemberSecret secret = MemberSecret::none;
  int within = 0;  // how many brackets are open below a member whose every string is a secret
  std::string decoded;
  JsonScanner scanner(text_);
  for (JsonToken token; scanner.next(token);) {
    using enum JsonToken::Kind;
    const std::string_view raw = scanner.bytes_of(token);
    const bool opens = token.kind == open_object || token.kind == open_array;
    const bool closes = token.kind == close_object || token.kind == close_array;
    if (within > 0) {
      within += opens ? 1 : closes ? -1 : 0;
      if (token.kind == string) take_member(MemberSecret::value, raw);
      secret = MemberSecret::none;
      continue;
    }
    if (token.kind == key) {
      decoded.clear();
      if (token.escaped) append_unescaped(decoded, raw);
      secret = secret_in_member(token.escaped ? decoded : raw);
      continue;
    }
    if (opens && secret != MemberSecret::none) within = 1;
    if (token.kind == string) {
      if (secret != MemberSecret::none) {
        take_member(secret, raw);
      } else if (token.escaped) {
        look_into_spelled(Spelling::json, raw);
      } else if (has_percent && holds(raw, '%')) {
        look_into_spelled(Spelling::percent, raw);
      }
    }
    secret = MemberSecret::none;
  }
}

}  // namespace corpus
