// What SecretFinder knows of texts that other texts hold in base64: tokens, and anything else; and of stand-ins, which
// keep their form.
#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "corpus/base64.h"
#include "corpus/ids.h"
#include "corpus/json_text.h"
#include "corpus/people_finder.h"
#include "corpus/secret_finder.h"
#include "corpus/stand_in.h"

namespace corpus {
namespace {

/// A longer token keeps no form: that would cost more than anybody gains by it.
constexpr std::size_t kLongestToken = 4096;
bool is_text_byte(char byte) {
  const auto code = static_cast<unsigned char>(byte);
  return (code >= 0x20 && code != 0x7f) || byte == '\t' || byte == '\n' || byte == '\r';
}

bool is_text(std::string_view bytes) {
  return std::ranges::all_of(bytes, is_text_byte) && is_utf8(bytes);
}

/// Letters of base64 at the beginning of a run of them, and the text that they stand for.
struct Base64Text {
  std::string_view letters;
  std::string bytes;
};

/// All of the run if that is one text, or what stands before the first slash: a path is a run of letters, too.
std::optional<Base64Text> text_at(std::string_view run) {
  const std::size_t slash = std::min(run.find('/'), run.size());
  for (std::string_view letters : {run, run.substr(0, slash)}) {
    if (letters.size() % 4 == 1) letters.remove_suffix(1);
    if (letters.size() < kShortestRun || !base64_form(letters)) continue;
    std::string bytes = base64_bytes(letters);
    if (is_text(bytes)) return Base64Text{letters, std::move(bytes)};
  }
  return std::nullopt;
}

}  // namespace

void SecretFinder::find_tokens() {
  // J is the rarest of the three letters in JSON.
  for (std::size_t at = text_.find('J'); at != text_.npos; at = text_.find('J', at + 1)) {
    if (at < 2 || text_[at - 1] != 'y' || text_[at - 2] != 'e') continue;
    const auto [end, is_token] = end_of_token(text_, at - 2);
    const std::string_view token = text_.substr(at - 2, end - (at - 2));
    at = std::max(at, end - 1);
    if (!is_token) continue;
    // What a stand-in has been put into was not a token before.
    if (token.find(kStandInPrefix) == token.npos) take(token, token, Clue::token);
  }
}

// A session that was redacted without regard to people has tokens whose claims name them.
void SecretFinder::look_into_stand_in(std::string_view token) {
  if (sought_.people == nullptr || depth_ >= kMaxDepth || !token.starts_with("eyJ")) return;
  const std::string claims = token_claims(token);
  const Inside redacted = redacted_inside(claims, true);
  if (redacted.text == claims) return;
  const auto begin = static_cast<std::size_t>(token.data() - text_.data());
  std::string stand_in = token_stand_in(store_.digest(token), redacted.text);
  if (!stand_in.empty()) found_.push_back({{begin, begin + token.size()}, std::move(stand_in), redacted.clue});
}

void SecretFinder::find_base64() {
  if (depth_ >= kMaxDepth || text_.size() < kShortestRun) return;
  Base64Runs runs(text_);
  for (Base64Run run; runs.next(run);) look_into_base64(run.begin, run.end);
}

void SecretFinder::look_into_base64(std::size_t begin, std::size_t end) {
  constexpr int kMostTries = 16;
  int tries = 0;
  for (std::size_t at = begin; at + kShortestRun <= end && tries < kMostTries;) {
    const std::string_view run = text_.substr(at, end - at);
    // Ids and paths hardly ever get beyond their first letter: ASCII has no other ones there.
    const bool may_be_text = run[0] <= 'f' && run[0] >= 'A' && run[4] <= 'f' && run[4] >= 'A';
    const auto text = may_be_text && begins_like_text(run) && ++tries > 0 ? text_at(run) : std::nullopt;
    if (!text) {
      at += std::min(run.find('/'), run.size() - 1) + 1;
      continue;
    }
    std::size_t behind = at + text->letters.size();
    while (behind < text_.size() && text_[behind] == '=' && behind % 4 != at % 4) ++behind;
    const Inside redacted = redacted_inside(text->bytes, false);
    if (redacted.text != text->bytes) {
      const Base64Form form{text->letters.find_first_of("-_") != run.npos, behind > at + text->letters.size()};
      std::string letters = to_base64(redacted.text, form);
      if (store_.shows_in(letters)) letters = plain_stand_in(store_.digest(text->letters));
      found_.push_back({{at, behind}, std::move(letters), redacted.clue});
    }
    at += text->letters.size() + 1;
  }
}

void SecretFinder::find_known_values() {
  if (!sought_.learning) store_.find(text_, found_);
}

/// The text without its secrets, looked into as often as something is found.
SecretFinder::Inside SecretFinder::redacted_inside(std::string_view text, bool claims) const {
  Inside redacted{std::string(text), Clue::known_secret};
  std::vector<Secret> inside;
  constexpr int kNestedRounds = 4;
  for (int round = 0; round < kNestedRounds && !redacted.text.empty(); ++round) {
    inside.clear();
    SecretFinder finder(sought_, redacted.text, inside, depth_ + 1);
    finder.claims_ = claims;
    finder.look_into_text();
    if (inside.empty()) break;
    if (round == 0) redacted.clue = inside.front().clue;
    put_stand_ins(redacted.text, inside);
  }
  return redacted;
}

std::string SecretFinder::stand_in_of(std::string_view value, std::string_view spelling, bool& inert) {
  std::string stand_in = store_.known(value, spelling, inert);
  if (stand_in.empty()) {
    stand_in = make_stand_in(value);
    const TokenEnd end = end_of_token(value, 0);
    const bool token = value.starts_with("eyJ") && end.is_token && end.end == value.size();
    if (!sought_.learning || !token) store_.learn(value, spelling, stand_in);
  }
  const bool keeps_claims = stand_in.starts_with("eyJ");
  return keeps_claims && store_.shows_in(stand_in) ? plain_stand_in(store_.digest(value)) : stand_in;
}

std::string SecretFinder::make_stand_in(std::string_view value) const {
  const Digest digest = store_.digest(value);
  if (is_guid(value)) return spelled_like(guid_stand_in(digest, GuidOf::secret), value);
  if (value.starts_with("eyJ") && value.size() <= kLongestToken && depth_ < kMaxDepth) {
    const std::string claims = token_claims(value);
    std::string token = claims.empty() ? claims : token_stand_in(digest, redacted_inside(claims, true).text);
    if (!token.empty()) return token;
  }
  std::string base64 = base64_stand_in(digest, value);
  return base64.empty() ? plain_stand_in(digest) : base64;
}

std::string SecretFinder::stand_in(const Sought& sought, std::string_view value) {
  std::vector<Secret> none;
  return SecretFinder(sought, value, none).make_stand_in(value);
}

}  // namespace corpus
