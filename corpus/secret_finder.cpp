#include "corpus/secret_finder.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string>
#include <utility>

#include "corpus/ascii.h"
#include "corpus/json_scan.h"
#include "corpus/json_text.h"
#include "corpus/people_finder.h"
#include "corpus/people_names.h"
#include "corpus/stand_in.h"
#include "corpus/text_scan.h"

namespace corpus {
namespace {

/// No name of a tag is looked for behind more bytes: the name of a secret, and that of a namespace.
constexpr std::size_t kLongestTag = 2 * kLongestSecretName;

constexpr std::array<bool, 256> make_name_bytes() {
  std::array<bool, 256> bytes{};
  for (unsigned char byte : std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"))
    bytes[byte] = true;
  return bytes;
}

/// What names of parameters and base64url, the alphabet of JWTs, are made of.
constexpr std::array<bool, 256> kNameBytes = make_name_bytes();

bool is_name_byte(char byte) {
  return kNameBytes[static_cast<unsigned char>(byte)];
}

/// Splits "name=value"; without a "=" all is name.
std::pair<std::string_view, std::string_view> split_pair(std::string_view text, char between) {
  const std::size_t at = text.find(between);
  if (at == text.npos) return {text, {}};
  return {text.substr(0, at), text.substr(at + 1)};
}

/// A number is none, whatever it begins with: a pass code may be 00123456.
bool is_stand_in_of_person(std::string_view value) {
  const std::size_t at = value.find('@');
  if (at != value.npos && value.substr(at + 1) == kNobodysDomain) value = value.substr(0, at);
  return !std::ranges::all_of(value, is_digit) && is_person_stand_in(value);
}

/// Calls take(part) for each part of the text.
template <typename Take>
void for_each_part(std::string_view text, char between, Take take) {
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(between, begin), text.size());
    take(text.substr(begin, end - begin));
    begin = end + 1;
  }
}

/// Whether a link to a meeting ends here: its "p" is the pass code.
bool opens_meeting(std::string_view before) {
  constexpr std::size_t kNear = 64;
  return before.substr(before.size() - std::min(before.size(), kNear)).find("/meet/") != before.npos;
}

/// A scheme whose credentials are missing: that they are is what the message says.
bool is_bare_scheme(std::string_view value) {
  const std::string_view scheme = value.substr(0, value.find_last_not_of(' ') + 1);
  return same_word(scheme, "bearer") || same_word(scheme, "basic") || same_word(scheme, "negotiate");
}

bool begins_with_word(std::string_view text, std::string_view word) {
  return same_word(text.substr(0, word.size()), word);
}

std::string_view without_quotes(std::string_view value) {
  const bool quoted = value.size() >= 2 && value.front() == '"' && value.back() == '"';
  return quoted ? value.substr(1, value.size() - 2) : value;
}

}  // namespace

void SecretFinder::look_into_body(const Headers& headers) {
  bool form = false;
  bool multipart = false;
  for (const Header& header : headers) {
    if (!same_word(header.name, "content-type")) continue;
    form = form || begins_with_word(header.value, "application/x-www-form-urlencoded");
    multipart = multipart || begins_with_word(header.value, "multipart/");
  }
  form ? look_into_form() : multipart ? look_into_multipart() : look_into_text();
}

void SecretFinder::look_into_text() {
  const unsigned marks = marks_in(text_);
  const auto has = [marks](unsigned all) { return (marks & all) == all; };
  if (has(kQuote)) {
    (marks & (kBackslash | kPercent)) == 0 ? look_into_plain_json('"', false) : look_into_json();
  } else if (has(kPercent)) {
    look_into_spelled(Spelling::percent, text_);
  }
  if (has(kApostrophe | kColon)) look_into_plain_json('\'', true);
  if ((marks & (kColon | kLess)) != 0) {
    const std::size_t first = text_.find_first_not_of(" \t\r\n");
    if (text_[first] != '{' && text_[first] != '[') look_into_lines_and_tags();
  }
  if (has(kEquals)) look_into_loose_parameters(0);
  if (has(kColon | kSlash | kAt)) find_url_passwords();
  if (has(kSpace)) find_bearers();
  find_by_shape_and_value(marks);
}

// What is looked for in any text, however else it is taken.
void SecretFinder::find_by_shape_and_value(unsigned marks) {
  if ((marks & kUpperJ) != 0) find_tokens();
  find_base64();
  find_known_values();
  if (sought_.people == nullptr) return;
  PeopleFinder(*sought_.people, text_, found_, sought_.learning, depth_ > 0).look(marks, claims_);
}

// "access_token: …" and "Authorization: Bearer …" at the beginning of a line; <access_token>…</access_token>.
void SecretFinder::look_into_lines_and_tags() {
  for_each_part(text_, '\n', [&](std::string_view line) {
    const auto [before, after] = split_pair(line, ':');
    const std::string_view name = before.substr(std::min(before.find_first_not_of(" \t-"), before.size()));
    std::string_view value = after.substr(std::min(after.find_first_not_of(" \t"), after.size()));
    if (value.ends_with('\r')) value.remove_suffix(1);
    if (value.empty()) return;
    const HeaderSecret header = secret_in_header(name);
    if (header == HeaderSecret::credentials) {
      take_credentials(value, Clue::header);
    } else if (header == HeaderSecret::value || secret_in_parameter(name) == ParameterSecret::anywhere) {
      take(without_quotes(value), without_quotes(value), Clue::parameter);
    }
  });
  for (std::size_t open = text_.find('<'); open != text_.npos; open = text_.find('<', open + 1)) {
    const std::string_view near = text_.substr(open + 1, kLongestTag);
    const std::size_t length = near.find_first_of("<> \t\r\n/");
    if (length == near.npos || near[length] == '<') continue;
    const std::string_view tag = near.substr(0, length);
    const std::string_view name = tag.contains(':') ? split_pair(tag, ':').second : tag;  // without its namespace
    if (secret_in_parameter(name) != ParameterSecret::anywhere) continue;
    const std::size_t begin = text_.find('>', open + 1 + length);
    if (begin == text_.npos) break;
    const std::size_t end = std::min(text_.find('<', begin), text_.size());
    const std::string_view value = text_.substr(begin + 1, end - begin - 1);
    take(value, value, Clue::parameter);
    open = end - 1;
  }
}

void SecretFinder::look_into_form() {
  look_into_parameters(text_);
  look_into_text();
}

void SecretFinder::look_into_target() {
  const std::size_t query = std::min(text_.find('?'), text_.size());
  const std::string_view path = text_.substr(0, query);
  if (path.contains('%')) look_into_spelled(Spelling::percent, path);
  if (path.contains('='))
    for_each_part(path, '/', [this](std::string_view segment) {
      for_each_part(segment, ';', [this](std::string_view part) {
        const auto [name, value] = split_pair(part, '=');
        if (secret_in_parameter(name) != ParameterSecret::none) take_spelled(Spelling::percent, value, Clue::parameter);
      });
    });
  if (query < text_.size()) look_into_parameters(text_.substr(query + 1));
  // A proxy gets whole URLs, and some clients send the fragment.
  look_into_loose_parameters(std::min(text_.find_first_of("?#"), text_.size()));
  find_url_passwords();
  find_by_shape_and_value(marks_in(text_));
}

void SecretFinder::look_into_header(std::string_view name) {
  look_into_header_value(secret_in_header(name));
  if (sought_.people != nullptr && names_person(name))
    PeopleFinder(*sought_.people, text_, found_, sought_.learning, depth_ > 0).look_into_name();
}

void SecretFinder::look_into_header_value(HeaderSecret kind) {
  switch (kind) {
    case HeaderSecret::none:
      return look_into_text();
    case HeaderSecret::value:
      return take(text_, text_, Clue::header);
    case HeaderSecret::credentials:
      // What stands before the credentials is all that is left to look into: tokens are long.
      text_ = text_.substr(0, take_credentials(text_, Clue::header));
      break;
    case HeaderSecret::cookies:
      look_into_cookies(text_);
      break;
    case HeaderSecret::set_cookie:
      look_into_cookies(text_.substr(0, text_.find(';')));
  }
  find_by_shape_and_value(marks_in(text_));
}

void SecretFinder::look_into_parameters(std::string_view text) {
  for_each_part(text, '&', [&](std::string_view part) {
    const auto [name, value] = split_pair(part, '=');
    std::string decoded;
    append_decoded(decoded, Spelling::form, name);
    if (secret_in_parameter(decoded) != ParameterSecret::none) {
      take_spelled(Spelling::form, value, Clue::parameter);
    } else if (value.contains('%') || value.contains('+')) {
      look_into_spelled(Spelling::form, value);
    }
  });
}

void SecretFinder::look_into_loose_parameters(std::size_t from) {
  constexpr std::size_t kLongestName = 40;
  for (std::size_t sign = text_.find('=', from); sign != text_.npos; sign = text_.find('=', sign + 1)) {
    std::size_t begin = sign;
    while (begin > 0 && sign - begin < kLongestName && is_name_byte(text_[begin - 1])) --begin;
    const std::string_view name = text_.substr(begin, sign - begin);
    ParameterSecret secret = secret_in_parameter(name);
    if (name == "p" && opens_meeting(text_.substr(0, begin))) secret = ParameterSecret::in_query;
    if (secret == ParameterSecret::none) continue;
    const bool in_query = begin > 0 && std::string_view("?&#;").find(text_[begin - 1]) != text_.npos;
    if (secret == ParameterSecret::in_query && !in_query) continue;
    const std::size_t end = std::min(text_.find_first_of("&\"'<> \t\r\n\\,;#", sign + 1), text_.size());
    take_spelled(Spelling::percent, text_.substr(sign + 1, end - sign - 1), Clue::parameter);
    sign = end - 1;
  }
}

void SecretFinder::look_into_cookies(std::string_view cookies) {
  for_each_part(cookies, ';', [&](std::string_view cookie) {
    // A cookie without a name is all value (RFC 6265bis, 5.7).
    const std::string_view part = cookie.substr(std::min(cookie.find_first_not_of(" \t"), cookie.size()));
    const std::string_view value = without_quotes(part.contains('=') ? split_pair(part, '=').second : part);
    take(value, value, Clue::header);
  });
}

void SecretFinder::look_into_spelled(Spelling spelling, std::string_view raw) {
  if (depth_ >= kMaxDepth) return;
  std::string decoded;
  append_decoded(decoded, spelling, raw);
  if (decoded == raw) return;
  std::vector<Secret> inside;
  SecretFinder(sought_, decoded, inside, depth_ + 1).look_into_text();
  if (inside.empty()) return;
  const RawPlaces places(spelling, raw);
  const auto base = static_cast<std::size_t>(raw.data() - text_.data());
  for (Secret& secret : inside) {
    const Stretch at = places.of(secret.at);
    found_.push_back({{base + at.begin, base + at.end}, std::move(secret.stand_in), secret.clue});
  }
}

void SecretFinder::take_member(MemberSecret kind, std::string_view raw) {
  if (kind == MemberSecret::credentials) {
    take_credentials(raw, Clue::member);
  } else {
    take_spelled(Spelling::json, raw, Clue::member);
  }
}

void SecretFinder::take_number(std::string_view raw) {
  constexpr std::size_t kShortest = 4;  // what has less counts something
  if (raw.size() < kShortest || !std::ranges::all_of(raw, is_digit)) return;
  const std::size_t before = found_.size();
  take(raw, raw, Clue::member);
  // A word in the place of a number would break the JSON.
  if (found_.size() > before) found_.back().stand_in = '"' + found_.back().stand_in + '"';
}

std::size_t SecretFinder::take_credentials(std::string_view value, Clue clue) {
  constexpr std::size_t kLongestScheme = 32;  // of those registered, none is longer; what is longer is a token itself
  if (is_bare_scheme(value)) return value.size();
  const auto* const space = static_cast<const char*>(memrchr(value.data(), ' ', value.size()));
  const std::size_t last = space == nullptr ? 0 : static_cast<std::size_t>(space - value.data()) + 1;
  if (is_stand_in(value.substr(last))) {
    look_into_stand_in(value.substr(last));
    return last;
  }
  const auto [scheme, rest] = split_pair(value, ' ');
  const std::size_t spaces = std::min(rest.find_first_not_of(' '), rest.size());
  const bool has_scheme = spaces < rest.size() && scheme.size() <= kLongestScheme;
  const std::string_view credentials = has_scheme ? rest.substr(spaces) : value;
  // Basic credentials are a name and a password, which may stand elsewhere by itself.
  if (scheme.size() == 5 && (scheme[0] | 32) == 'b') learn_password(credentials);
  take(credentials, credentials, clue);
  return value.size() - credentials.size();
}

void SecretFinder::learn_password(std::string_view basic_credentials) {
  const auto pair = decode_base64(basic_credentials);
  if (!pair) return;
  const std::string_view password = split_pair(*pair, ':').second;
  bool inert = false;
  if (!password.empty() && !is_stand_in(password)) stand_in_of(password, password, inert);
}

void SecretFinder::take(std::string_view raw, std::string_view value, Clue clue) {
  if (raw.empty()) return;
  if (is_stand_in(value)) return look_into_stand_in(raw);
  if (is_stand_in_of_person(value)) return;
  const auto begin = static_cast<std::size_t>(raw.data() - text_.data());
  bool inert = false;
  std::string stand_in = stand_in_of(value, raw, inert);
  found_.push_back({{begin, begin + raw.size()}, std::move(stand_in), clue, inert});
}

void SecretFinder::take_spelled(Spelling spelling, std::string_view raw, Clue clue) {
  const bool is_plain = spelling == Spelling::json ? !raw.contains('\\') : !raw.contains('%') && !raw.contains('+');
  if (is_plain) return take(raw, raw, clue);
  std::string value;
  append_decoded(value, spelling, raw);
  take(raw, value, clue);
}

}  // namespace corpus
