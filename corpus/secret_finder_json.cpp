// What SecretFinder knows of JSON.
#include <algorithm>
#include <string>

#include "corpus/ascii.h"
#include "corpus/byte_maps.h"
#include "corpus/json_scan.h"
#include "corpus/secret_finder.h"

namespace corpus {
namespace {

bool is_json_space(char byte) {
  return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/// Whether JSON has this outside of strings. Of broken numbers it may say so, too.
bool is_literal(std::string_view raw) {
  return raw == "null" || raw == "true" || raw == "false" || raw.find_first_not_of("0123456789+-.eE") == raw.npos;
}

std::size_t end_of_number(std::string_view text, std::size_t begin) {
  const std::size_t end = text.find_first_of(" \t\r\n,:]}\"'[{", begin);
  return std::min(end, text.size());
}

/// The quote that ends the string whose inside begins here, or the end of the text. What stands in single quotes also
/// ends before a double one: it may stand in a JSON string.
std::size_t end_of_string(std::string_view text, std::size_t begin, char quote) {
  const char ends[] = {quote, '\\', '"'};
  for (std::size_t at = begin;; at += 2) {
    at = std::min(text.find_first_of({ends, sizeof ends}, at), text.size());
    if (at == text.size() || text[at] != '\\') return at;
  }
}

}  // namespace

// Without an escape every quote begins or ends a string, so keys can be found by the colon behind them: most messages
// are like that, and walking all their tokens takes several times as long.
//
// Broken JSON is also walked like that: once a quote is missing, a scanner takes names for values. So is what looks
// like JSON but for its quotes.
void SecretFinder::look_into_plain_json(char quote, bool broken) {
  Places quotes(text_, quote);
  std::size_t open = text_.npos;  // the quote before
  for (std::size_t close = quotes.next(); close != text_.npos; open = close, close = quotes.next()) {
    std::size_t colon = close + 1;
    if (colon >= text_.size()) break;
    if (text_[colon] != ':') {
      if (static_cast<unsigned char>(text_[colon]) > ' ') continue;
      while (colon < text_.size() && is_json_space(text_[colon])) ++colon;
      if (colon == text_.size() || text_[colon] != ':') continue;
    }
    if (open == text_.npos && close > 0) open = text_.rfind(quote, close - 1);
    if (open == text_.npos || close - open - 1 > kLongestSecretName) continue;
    const MemberSecret secret = secret_in_member(text_.substr(open + 1, close - open - 1));
    if (secret == MemberSecret::none) continue;
    const std::size_t value = std::min(text_.find_first_not_of(" \t\r\n,:", colon), text_.size());
    if (value == text_.size()) break;
    if (!broken && (text_[value] == '[' || text_[value] == '{')) return look_into_json();
    if (is_digit(text_[value])) take_number(text_.substr(value, end_of_number(text_, value) - value));
    if (text_[value] != quote) continue;
    const std::size_t end = end_of_string(text_, value + 1, quote);
    take_member(secret, text_.substr(value + 1, end - value - 1));
    quotes.skip_to(end);
    close = text_.npos;  // what stands before the next quote has not been seen
  }
}

void SecretFinder::look_into_json() {
  const bool has_percent = text_.contains('%');
  MemberSecret secret = MemberSecret::none;
  bool broken = false;
  bool escaped = false;  // an escape stands outside of strings
  int within = 0;        // how many brackets are open below a member whose every string is a secret
  std::string decoded;
  JsonScanner scanner(text_);
  for (JsonToken token; scanner.next(token);) {
    using enum JsonToken::Kind;
    const std::string_view raw = scanner.bytes_of(token);
    const bool opens = token.kind == open_object || token.kind == open_array;
    const bool closes = token.kind == close_object || token.kind == close_array;
    if (token.kind == scalar && !is_literal(raw)) {
      broken = true;
      escaped = escaped || raw.contains('\\');
    }
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
    if (token.kind == scalar && secret != MemberSecret::none && is_digit(raw[0])) take_number(raw);
    if (opens && secret != MemberSecret::none) within = 1;
    if (token.kind == string) {
      if (secret != MemberSecret::none) {
        take_member(secret, raw);
      } else if (token.escaped) {
        look_into_spelled(Spelling::json, raw);
      } else if (has_percent && raw.contains('%')) {
        look_into_spelled(Spelling::percent, raw);
      }
    }
    secret = MemberSecret::none;
  }
  if (broken) look_into_broken_json(escaped);
}

// size 5" at {"access_token": "…"}; {\"access_token\":\"…\"}
void SecretFinder::look_into_broken_json(bool escaped) {
  look_into_plain_json('"', true);
  if (escaped) look_into_spelled(Spelling::json, text_);
}

}  // namespace corpus
