// What PeopleFinder knows by its shape.
#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "corpus/ascii.h"
#include "corpus/byte_maps.h"
#include "corpus/ids.h"
#include "corpus/ip_address.h"
#include "corpus/people_finder.h"
#include "corpus/stand_in.h"
#include "corpus/text_scan.h"

namespace corpus {
namespace {

bool belongs_to_mailbox(char byte) {
  return is_alphanumeric(byte) || std::string_view("._+-'").find(byte) != std::string_view::npos;
}

bool belongs_to_domain(char byte) {
  return is_alphanumeric(byte) || byte == '.' || byte == '-';
}

bool belongs_to_id(char byte) {
  return is_alphanumeric(byte) || byte == '-' || byte == '_';
}

bool is_hex_digit(char byte) {
  return is_digit(byte) || (lower(byte) >= 'a' && lower(byte) <= 'f');
}

/// One past the last byte, at or behind `at`, that belongs.
template <typename Belongs>
std::size_t end_of(std::string_view text, std::size_t at, Belongs belongs) {
  while (at < text.size() && belongs(text[at])) ++at;
  return at;
}

template <typename Belongs>
std::size_t begin_of(std::string_view text, std::size_t at, Belongs belongs) {
  while (at > 0 && belongs(text[at - 1])) --at;
  return at;
}

bool is_inner_byte(char byte) {
  return (static_cast<unsigned char>(byte) & 0xc0) == 0x80;
}

/// Where the mailbox begins that ends at `at`: letters of all alphabets belong to it, and their quotes and dashes do
/// not. Guests of a tenant are "anna_fabrikam.com#EXT#".
std::size_t begin_of_mailbox(std::string_view text, std::size_t at) {
  constexpr std::string_view kGuest = "#EXT#";
  if (at >= kGuest.size() && same_word(text.substr(at - kGuest.size(), kGuest.size()), kGuest)) at -= kGuest.size();
  while (at > 0) {
    std::size_t letter = at - 1;
    if (!belongs_to_mailbox(text[letter])) {
      constexpr std::size_t kLongestLetter = 4;
      while (letter > 0 && at - letter < kLongestLetter && is_inner_byte(text[letter])) --letter;
      const auto first = static_cast<unsigned char>(text[letter]);
      // U+0080 to U+00BF, U+2000 to U+2FFF and U+3000 to U+303F are marks.
      const bool is_mark = first < 0xc3 || first == 0xe2 || (first == 0xe3 && text[letter + 1] == '\x80');
      if (is_mark) break;
    }
    at = letter;
  }
  return at;
}

/// "contoso.com", and neither "thread.v2" nor "odata.count".
bool is_domain(std::string_view text) {
  const std::size_t dot = text.rfind('.');
  if (dot == text.npos || dot == 0 || text.size() - dot < 3 || text.front() == '-') return false;
  if (!std::ranges::all_of(text.substr(dot + 1), is_letter)) return false;
  return !text.starts_with("odata.") && !text.starts_with("thread.") && text != "unq.gbl.spaces";
}

/// Whether a product, not a path or a protocol, stands before the slash: "Chrome/", and neither "/clients/" nor "udp/".
bool names_product(std::string_view before) {
  constexpr std::size_t kLongest = 40;
  std::size_t begin = before.size();
  while (begin > 0 && before.size() - begin < kLongest && belongs_to_id(before[begin - 1])) --begin;
  const std::string_view word = before.substr(begin);
  if (word.empty() || word[0] < 'A' || word[0] > 'Z' || (begin > 0 && before[begin - 1] == '/')) return false;
  constexpr std::array<std::string_view, 4> kProtocols = {"UDP", "TCP", "TLS", "IP"};
  return std::ranges::find(kProtocols, word) == kProtocols.end();
}

/// "Chrome/1.2.3.4", "v1.2.3.4", "version":"1.2.3.4", "v":"1.2.3.4".
bool is_version(std::string_view before) {
  if (before.ends_with('/')) return names_product(before.substr(0, before.size() - 1));
  const std::size_t end = before.find_last_not_of(":=\"'\\ ");
  const std::string_view near = before.substr(0, end + 1);
  const auto follows = [near](std::string_view word) {
    return near.size() >= word.size() && same_word(near.substr(near.size() - word.size()), word);
  };
  if (follows("version") || follows("build")) return true;
  return follows("v") && end + 1 < before.size() && (near.size() == 1 || !belongs_to_id(near[near.size() - 2]));
}

/// Whether a date stands at `at`, which is a digit: "2026-11-23".
bool is_date(std::string_view text, std::size_t at) {
  constexpr std::string_view kForm = "20dd-dd-dd";
  const std::string_view date = text.substr(at, kForm.size());
  return date.size() == kForm.size() && std::equal(date.begin(), date.end(), kForm.begin(), [](char byte, char form) {
           return form == 'd' ? is_digit(byte) : byte == form;
         });
}

/// Where the telephone number ends that begins at `begin`; `begin` if none does. Its digits stand in groups, with one
/// or two marks between them: "1 (234) 555-0123". What follows may be a number, too: "491701234567 2026-11-23".
std::size_t end_of_phone(std::string_view text, std::size_t begin) {
  constexpr std::size_t kFewest = 7;
  constexpr std::size_t kMost = 15;  // E.164
  constexpr std::size_t kMostMarks = 2;
  std::size_t digits = 0;
  std::size_t end = begin;
  for (std::size_t at = begin; at < text.size() && is_digit(text[at]);) {
    if (digits >= kFewest && is_date(text, at)) break;
    std::size_t behind = at;
    while (behind < text.size() && behind - at <= kMost && is_digit(text[behind])) ++behind;
    digits += behind - at;
    if (digits > kMost) break;
    if (behind < text.size() && is_letter(text[behind])) {
      const bool extension = same_word(text.substr(behind, 3), "ext") ||
                             (lower(text[behind]) == 'x' && behind + 1 < text.size() && is_digit(text[behind + 1]));
      return extension ? behind : end;
    }
    end = behind;
    at = std::min(text.find_first_not_of("-.() ", end), text.size());
    if (at - end > kMostMarks) break;
  }
  return end;
}

}  // namespace

// The two halves are replaced one by one, so that the @ between them may be spelled in any way.
void PeopleFinder::find_mails() {
  for (std::size_t at = text_.find('@'); at != text_.npos; at = text_.find('@', at + 1)) {
    std::size_t begin = begin_of_mailbox(text_, at);
    while (begin < at && !is_alphanumeric(text_[begin]) && static_cast<unsigned char>(text_[begin]) < 0x80) ++begin;
    if (begin == at) continue;
    std::size_t end = end_of(text_, at + 1, belongs_to_domain);
    while (end > at + 1 && !is_alphanumeric(text_[end - 1])) --end;
    const std::string_view domain = between(at + 1, end);
    if (!is_domain(domain)) continue;
    const std::string_view mailbox = between(begin, at);
    // The password of a URL may stand there: "https://name:password@host".
    const bool replaced = is_person_stand_in(mailbox) || is_stand_in(mailbox);
    if (domain == kNobodysDomain && replaced) continue;
    if (!replaced) push(mailbox, store_.mailbox(between(begin, end)), Clue::mail);
    push(domain, std::string(kNobodysDomain), Clue::mail);
  }
}

void PeopleFinder::find_phones() {
  for (std::size_t plus = text_.find('+'); plus != text_.npos; plus = text_.find('+', plus + 1)) {
    if (plus > 0 && is_alphanumeric(text_[plus - 1])) continue;
    const std::size_t end = end_of_phone(text_, plus + 1);
    if (end > plus + 1 && text_[plus + 1] != '0') take_phone(between(plus + 1, end));
  }
}

// tel:4917012345678, without "+".
void PeopleFinder::find_telephone(std::size_t colon) {
  constexpr std::string_view kScheme = "tel";
  if (colon < kScheme.size() || !same_word(between(colon - kScheme.size(), colon), kScheme)) return;
  if (colon > kScheme.size() && is_alphanumeric(text_[colon - kScheme.size() - 1])) return;
  take_phone(between(colon + 1, end_of_phone(text_, colon + 1)));
}

void PeopleFinder::find_addresses_v4() {
  Places dots(text_, '.');
  for (std::size_t dot = dots.next(); dot != text_.npos; dot = dots.next()) {
    if (dot == 0 || !is_digit(text_[dot - 1]) || dot + 1 >= text_.size() || !is_digit(text_[dot + 1])) continue;
    const std::size_t begin = begin_of(text_, dot, is_digit);
    const std::size_t behind = end_of(text_, dot, [](char byte) { return is_digit(byte) || byte == '.'; });
    const bool begins = begin == 0 || (!belongs_to_id(text_[begin - 1]) && text_[begin - 1] != '.');
    const auto address = begins ? address_v4_at(text_, begin) : std::nullopt;
    dots.skip_to(behind);  // "1.2.3.4.5" is no address, and holds none
    if (!address || (address->end != behind && address->end + 1 != behind)) continue;
    if (address->end < text_.size() && belongs_to_id(text_[address->end])) continue;
    if (address->is_nobodys() || is_version(text_.substr(0, begin))) continue;
    const std::string_view raw = between(begin, address->end);
    push(raw, store_.address(raw, false), Clue::address);
  }
}

void PeopleFinder::find_behind_colons() {
  Places colons(text_, ':');
  for (std::size_t colon = colons.next(); colon != text_.npos; colon = colons.next()) {
    const char before = colon > 0 ? text_[colon - 1] : ' ';
    if (before == '"') continue;  // nearly always: behind the key of a member
    if (before == '9') find_threads(colon);
    if (lower(before) == 'l') find_telephone(colon);
    if (before == '8' || before == '9' || lower(before) == 'p') find_accounts(colon);
    const bool hex = is_hex_digit(before) || (colon + 1 < text_.size() && text_[colon + 1] == ':');
    if (hex) find_address_v6(colon);
  }
}

// 19:meeting_…@thread.v2: the name of the chat is replaced, and what kind of chat it is stays.
void PeopleFinder::find_threads(std::size_t colon) {
  if (colon < 2 || text_[colon - 2] != '1' || (colon > 2 && is_alphanumeric(text_[colon - 3]))) return;
  constexpr std::string_view kMeeting = "meeting_";
  std::size_t begin = colon + 1;
  if (text_.substr(begin, kMeeting.size()) == kMeeting) begin += kMeeting.size();
  const std::size_t end = end_of(text_, begin, belongs_to_id);
  const std::string_view name = between(begin, end);
  if (name.empty() || end >= text_.size() || text_[end] != '@' || is_person_stand_in(name)) return;
  push(name, store_.thread(name), Clue::thread);
}

// 8:orgid:GUID, 8:live:name, 29:1abc… and sip:name@host.
void PeopleFinder::find_accounts(std::size_t colon) {
  const std::string_view before = text_.substr(0, colon);
  const auto follows = [before](std::string_view word) {
    if (before.size() < word.size() || !same_word(before.substr(before.size() - word.size()), word)) return false;
    return before.size() == word.size() || !is_alphanumeric(before[before.size() - word.size() - 1]);
  };
  std::size_t begin = colon + 1;
  if (follows("8")) {
    const std::size_t second = end_of(text_, begin, is_letter);
    if (second == begin || second >= text_.size() || text_[second] != ':') return;
    begin = second + 1;
    while (begin < text_.size() && !is_alphanumeric(text_[begin]) && text_[begin] == '.') ++begin;
  } else if (!follows("29") && !follows("sip")) {
    return;
  }
  std::size_t end = end_of(text_, begin, [](char byte) { return belongs_to_id(byte) || byte == '.' || byte == '+'; });
  while (end > begin && text_[end - 1] == '.') --end;
  const std::string_view account = between(begin, end);
  constexpr std::size_t kShortest = 3;
  if (account.size() < kShortest || is_person_stand_in(account) || is_stand_in(account)) return;
  if (is_guid(account)) return take_id(account, Clue::account);
  if (account.front() != '+') push(account, store_.account(account), Clue::account);
}

// Asked at every colon, it answers at the first one of an address: so long rows of colons take no more than linear
// time.
void PeopleFinder::find_address_v6(std::size_t colon) {
  constexpr std::size_t kLongest = 39;
  const std::string_view near = text_.substr(0, std::min(text_.size(), colon + kLongest + 1));
  const auto belongs = [](char byte) { return is_hex_digit(byte) || byte == ':'; };
  std::size_t begin = colon;
  while (begin > 0 && colon - begin < 5 && is_hex_digit(text_[begin - 1])) --begin;
  std::size_t end = end_of(near, colon, belongs);
  const auto behind = [this](std::size_t at, auto is) { return at < text_.size() && is(text_[at]); };
  if (behind(end, belongs_to_id) ||
      (behind(end, [](char byte) { return byte == '.'; }) && behind(end + 1, is_alphanumeric)))
    return;
  // "2a00:1450::81b:200e: refused", "from 2a00:1450::81b:200e."
  const std::string_view all = between(begin, end);
  if (all.ends_with(':') && !all.ends_with("::")) --end;
  if (begin > 0 && (belongs_to_id(text_[begin - 1]) || text_[begin - 1] == '.')) return;
  const bool named = begin > 1 && !is_hex_digit(text_[begin - 2]) && text_[begin - 2] != ':';  // "ip:2a00:…"
  if (begin > 0 && text_[begin - 1] == ':' && !named) return;
  const std::string_view raw = between(begin, end);
  if (is_address_v6(raw) && !is_nobodys_v6(raw)) push(raw, store_.address(raw, true), Clue::address);
}

void PeopleFinder::find_around_slashes() {
  Places slashes(text_, '/');
  for (std::size_t slash = slashes.next(); slash != text_.npos; slash = slashes.next()) {
    // No byte is asked for twice in vain: of all slashes few stand between these letters.
    const char before = slash > 0 ? text_[slash - 1] : ' ';
    const char behind = slash + 1 < text_.size() ? text_[slash + 1] : ' ';
    if (behind == 'm') find_meeting(slash);
    if (behind == 'u' || behind == 'o' || before == 'm' || before == 't') find_guid_in_path(slash);
  }
}

// https://teams.microsoft.com/meet/2345678901234?p=…
void PeopleFinder::find_meeting(std::size_t slash) {
  constexpr std::string_view kPath = "/meet/";
  if (!text_.substr(slash).starts_with(kPath)) return;
  const std::size_t begin = slash + kPath.size();
  take_number(between(begin, end_of(text_, begin, is_digit)), Clue::meeting);
}

// /users/…, /users('…'), login.microsoftonline.com/…, sts.windows.net/…, /…/oauth2/
void PeopleFinder::find_guid_in_path(std::size_t slash) {
  const std::string_view from = text_.substr(slash);
  const std::string_view through = text_.substr(0, slash + 1);
  const auto take_segment = [this](std::size_t begin, Clue clue) {
    const std::string_view segment = between(begin, end_of(text_, begin, belongs_to_id));
    if (is_guid(segment)) take_id(segment, clue);
  };
  for (const std::string_view before : {"/users/", "/users('"}) {
    if (from.starts_with(before)) take_segment(slash + before.size(), Clue::account);
  }
  for (const std::string_view before : {"microsoftonline.com/", "sts.windows.net/"}) {
    if (through.ends_with(before)) take_segment(slash + 1, Clue::tenant);
  }
  if (!from.starts_with("/oauth2/")) return;
  const std::string_view segment = between(begin_of(text_, slash, belongs_to_id), slash);
  if (is_guid(segment)) take_id(segment, Clue::tenant);
}

// tenantId=…, oid=…: in a query, a form or a text.
void PeopleFinder::find_guid_parameters() {
  for (std::size_t sign = text_.find('='); sign != text_.npos; sign = text_.find('=', sign + 1)) {
    const std::string_view value = between(sign + 1, end_of(text_, sign + 1, belongs_to_id));
    if (!is_guid(value)) continue;
    const PersonMember member = person_in_member(between(begin_of(text_, sign, belongs_to_id), sign));
    if (member == PersonMember::tenant) take_id(value, Clue::tenant);
    if (member == PersonMember::user) take_id(value, Clue::person_member);
  }
}

}  // namespace corpus
