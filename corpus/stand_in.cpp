#include "corpus/stand_in.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <span>

#include "corpus/ascii.h"
#include "corpus/base64.h"
#include "corpus/ids.h"
#include "corpus/text_scan.h"

namespace corpus {
namespace {

constexpr std::size_t kDigits = 16;
/// `{"alg":"HS256","kid":"redacted","typ":"JWT"}`
constexpr std::string_view kTokenHeader = "eyJhbGciOiJIUzI1NiIsImtpZCI6InJlZGFjdGVkIiwidHlwIjoiSldUIn0";
/// base64 of "redacted-"
constexpr std::string_view kBase64Prefix = "cmVkYWN0ZWQt";
constexpr std::size_t kSignature = 43;  // 32 bytes in base64url
constexpr Base64Form kJose{true, false};

/// What tokens are signed with. No secret: that a token is signed with it says that it is nobody's.
constexpr std::string_view kTestKey = "rollcall: signs stand-ins alone";

/// The second group of a GUID that stands in for another: nearly all others are told at a glance.
constexpr std::string_view mark_of(GuidOf whose) {
  return whose == GuidOf::secret ? "5ec2" : "b0d1";
}

std::string check_of(std::string_view digits) {
  const auto sum = static_cast<std::uint32_t>(
      crc32(0, reinterpret_cast<const unsigned char*>(digits.data()), static_cast<uInt>(digits.size())));
  std::string check;
  for (int shift = 24; shift >= 0; shift -= 8) append_hex(check, static_cast<unsigned char>(sum >> shift & 255));
  return check;
}

std::string digits_of(const Digest& digest) {
  std::string digits;
  for (std::size_t i = 0; i < kDigits / 2; ++i) append_hex(digits, digest[i]);
  return digits;
}

std::string signature_of(std::string_view signed_part) {
  const KeyedHash hash(std::as_bytes(std::span(kTestKey)));
  const Digest digest = hash.of(signed_part);
  return to_base64({reinterpret_cast<const char*>(digest.data()), digest.size()}, kJose);
}

bool is_plain(std::string_view text) {
  return text.size() == kPlainStandIn && text.starts_with(kStandInPrefix) &&
         is_lower_hex(text.substr(kStandInPrefix.size()));
}

bool is_token(std::string_view text) {
  if (!text.starts_with(kTokenHeader) || text.size() < kTokenHeader.size() + kSignature + 2) return false;
  const std::size_t dot = text.size() - kSignature - 1;
  return text[kTokenHeader.size()] == '.' && text[dot] == '.' &&
         signature_of(text.substr(0, dot)) == text.substr(dot + 1);
}

bool is_base64(std::string_view text) {
  if (!text.starts_with(kBase64Prefix) || !base64_form(text)) return false;
  const std::string bytes = base64_bytes(text);
  return bytes.size() >= kPlainStandIn && is_lower_hex(std::string_view(bytes).substr(kStandInPrefix.size()));
}

bool is_guid_of(std::string_view text, GuidOf whose) {
  constexpr std::size_t kBare = 32;
  constexpr std::size_t kDashed = 36;
  if (text.size() != kBare && text.size() != kDashed) return false;
  const std::string_view mark = text.substr(text.size() == kBare ? 8 : 9, 4);
  if (!same_word(mark, mark_of(whose))) return false;
  const auto digits = guid_digits(text);
  return digits && is_guid_stand_in({digits->data(), digits->size()}, whose);
}

// What the beginnings of marked stand-ins have in common: none is shorter, and so many bytes of each are looked at.
constexpr std::size_t kBeginning = kStandInPrefix.size();

// How far one may go on from a byte at the end of a window so long without passing over one of the beginnings.
constexpr auto kStep = [] {
  std::array<unsigned char, 256> table{};
  table.fill(static_cast<unsigned char>(kBeginning));
  for (const std::string_view mark : {kStandInPrefix, kTokenHeader, kBase64Prefix}) {
    for (std::size_t i = 0; i < kBeginning; ++i) {
      unsigned char& step = table[static_cast<unsigned char>(mark[i])];
      step = std::min(step, static_cast<unsigned char>(kBeginning - 1 - i));
    }
  }
  return table;
}();

/// Whether one of the marks may stand in the text: nearly all texts of a session have none, and each is asked.
bool may_be_marked(std::string_view text) {
  for (std::size_t last = kBeginning - 1; last < text.size();) {
    const std::size_t step = kStep[static_cast<unsigned char>(text[last])];
    if (step == 0) {
      const std::string_view window = text.substr(last + 1 - kBeginning, kBeginning);
      if (window == kStandInPrefix || kTokenHeader.starts_with(window) || kBase64Prefix.starts_with(window))
        return true;
    }
    last += std::max<std::size_t>(step, 1);
  }
  return false;
}

/// Calls take(stretch) for each stand-in but GUIDs.
template <typename Take>
void for_each_marked(std::string_view text, Take take) {
  if (text.size() < kPlainStandIn || !may_be_marked(text)) return;
  for (std::size_t at = find_word(text, kStandInPrefix, 0); at != text.npos;
       at = find_word(text, kStandInPrefix, at + 1)) {
    if (is_plain(text.substr(at, kPlainStandIn))) take(Stretch{at, at + kPlainStandIn});
  }
  // Each run of letters is looked at once, however often it holds what a stand-in begins with.
  for (std::size_t at = find_word(text, kTokenHeader, 0); at != text.npos;) {
    const TokenEnd token = end_of_token(text, at);
    if (token.is_token && is_token(text.substr(at, token.end - at))) take(Stretch{at, token.end});
    at = find_word(text, kTokenHeader, token.end);
  }
  for (std::size_t at = find_word(text, kBase64Prefix, 0); at != text.npos;) {
    std::size_t end = at;
    while (end < text.size() && is_base64_byte(text[end])) ++end;
    while (end < text.size() && text[end] == '=') ++end;
    if (is_base64(text.substr(at, end - at))) take(Stretch{at, end});
    at = find_word(text, kBase64Prefix, end);
  }
}

}  // namespace

bool is_stand_in(std::string_view text) {
  if (text.size() < kPlainStandIn) return false;
  switch (text.front()) {
    case 'r':
      return is_plain(text);
    case 'e':
      if (is_token(text)) return true;
      break;
    case 'c':
      if (is_base64(text)) return true;
      break;
    default:
      break;
  }
  return is_guid_of(text, GuidOf::secret);
}

std::vector<Stretch> stand_ins_in(std::string_view text) {
  std::vector<Stretch> found;
  for_each_marked(text, [&](Stretch at) { found.push_back(at); });
  for (const Span& guid : find_guids(text)) {
    if (is_guid_of(guid.of(text), GuidOf::secret)) found.push_back({guid.begin, guid.begin + guid.length});
  }
  return found;
}

bool holds_stand_in(std::string_view text) {
  bool any = false;
  for_each_marked(text, [&](Stretch) { any = true; });
  return any;
}

std::string without_stand_ins(std::string_view text) {
  std::vector<Stretch> special;
  for_each_marked(text, [&](Stretch at) { special.push_back(at); });
  std::ranges::sort(special, {}, &Stretch::begin);
  std::string result;
  std::size_t done = 0;
  for (const Stretch& at : special) {
    if (at.begin < done) continue;
    result.append(text, done, at.begin - done).append(kStandInPrefix);
    done = at.end;
  }
  return result.append(text, done);
}

std::string plain_stand_in(const Digest& digest) {
  return std::string(kStandInPrefix) + digits_of(digest);
}

std::string guid_stand_in(const Digest& digest, GuidOf whose) {
  constexpr std::size_t kChecked = 24;
  std::string digits;
  for (std::size_t i = 0; digits.size() < kChecked; ++i) append_hex(digits, digest[i]);
  digits.replace(8, 4, mark_of(whose));
  // RFC 9562: version 4, variant 10. There are readers who look.
  digits[12] = '4';
  digits[16] = kHexDigits[8 + (digest[8] >> 4) % 4];
  return digits + check_of(digits);
}

bool is_guid_stand_in(std::string_view digits, GuidOf whose) {
  constexpr std::size_t kChecked = 24;
  return digits.size() == 32 && digits.substr(8, 4) == mark_of(whose) &&
         digits.substr(kChecked) == check_of(digits.substr(0, kChecked));
}

std::string base64_stand_in(const Digest& digest, std::string_view value) {
  // Words, hex digits and names in camel case are base64 by their letters alone. Random bytes are in none of them.
  const auto holds = [&](auto is_kind) { return std::ranges::any_of(value, is_kind); };
  if (!holds(is_digit) || !holds([](char byte) { return byte >= 'A' && byte <= 'Z'; }) ||
      !holds([](char byte) { return byte >= 'a' && byte <= 'z'; })) {
    return {};
  }
  const auto form = base64_form(value);
  const std::size_t letters = value.find_last_not_of('=') + 1;
  const std::size_t size = letters * 3 / 4;
  if (!form || size < kPlainStandIn) return {};
  std::string bytes = plain_stand_in(digest);
  for (std::size_t i = kDigits / 2; bytes.size() < size; ++i) append_hex(bytes, digest[i % digest.size()]);
  bytes.resize(size);
  return to_base64(bytes, *form);
}

std::string token_stand_in(const Digest& digest, std::string_view claims) {
  constexpr std::string_view kClaim = "\"redacted\":\"";
  const std::size_t close = claims.find_last_not_of(" \t\r\n");
  if (close == claims.npos || claims[close] != '}') return {};
  const std::size_t open = claims.find_first_not_of(" \t\r\n");
  if (claims[open] != '{' || open == close) return {};
  std::string text(claims.substr(0, close));
  if (text.find(kClaim) == text.npos) {
    const bool empty = text.find_first_not_of(" \t\r\n", open + 1) == text.npos;
    text.append(empty ? "" : ",").append(kClaim).append(digits_of(digest)).append("\"");
  }
  text += '}';
  std::string token(kTokenHeader);
  token.append(".").append(to_base64(text, kJose));
  const std::string signature = signature_of(token);
  return token.append(".").append(signature);
}

std::string token_claims(std::string_view token) {
  const std::size_t first = token.find('.');
  const std::size_t last = token.rfind('.');
  if (first == token.npos || first == last || token.find('.', first + 1) != last) return {};
  const std::string_view claims = token.substr(first + 1, last - first - 1);
  return base64_form(claims) ? base64_bytes(claims) : std::string();
}

TokenEnd end_of_token(std::string_view text, std::size_t begin) {
  constexpr std::size_t kShortest = 20;  // an empty header and empty claims have less, and no secret to keep
  const auto belongs = [](char byte) { return is_alphanumeric(byte) || byte == '-' || byte == '_'; };
  std::size_t dots = 0;
  std::size_t end = begin;
  for (; end < text.size() && (belongs(text[end]) || (text[end] == '.' && dots < 4)); ++end) dots += text[end] == '.';
  for (; dots > 2 && text[end - 1] == '.'; --end) --dots;  // the full stop of a sentence
  return {end, dots >= 2 && end - begin >= kShortest};
}

}  // namespace corpus
