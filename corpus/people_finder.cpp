#include "corpus/people_finder.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string>
#include <utility>

#include "corpus/ascii.h"
#include "corpus/ids.h"
#include "corpus/json_scan.h"
#include "corpus/stand_in.h"
#include "corpus/text_scan.h"

namespace corpus {
namespace {

/// What stands around a value in JSON, as far as people are concerned.
enum class Around : std::uint8_t { nothing, person, application, tenant };

Around around_below(PersonMember member) {
  switch (member) {
    case PersonMember::person:
    case PersonMember::mail:  // Graph's emailAddress has a name as well
      return Around::person;
    case PersonMember::application:
      return Around::application;
    case PersonMember::tenant:
      return Around::tenant;
    default:
      return Around::nothing;
  }
}

/// What a member means where it stands; none if there it means nothing.
PersonMember meaning_of(PersonMember member, Around around, bool claims) {
  switch (member) {
    case PersonMember::id:
      if (around == Around::tenant) return PersonMember::tenant;
      return around == Around::person ? member : PersonMember::none;
    case PersonMember::name:
      return around == Around::application ? PersonMember::none : member;
    case PersonMember::claim:
      return claims || around == Around::person ? PersonMember::name : PersonMember::none;
    case PersonMember::claim_user:
      return claims ? PersonMember::user : PersonMember::none;
    default:
      return member;
  }
}

/// What has an @ in it is known by its shape, unless it is a text around that: "Anna (anna@contoso.com)".
bool may_be_mail(std::string_view value) {
  return value.find('@') != value.npos && value.find(' ') == value.npos;
}

bool looks_like_a_name(std::string_view value) {
  const auto is_mark = [](char byte) {
    return byte == ' ' || (byte >= 'A' && byte <= 'Z') || static_cast<unsigned char>(byte) >= 0x80;
  };
  // "program" and "28:…" are names of things; of people's, one letter at least is large.
  return value.size() >= 2 && std::ranges::any_of(value, is_mark) && !is_guid(value) && !may_be_mail(value);
}

}  // namespace

/// An array or object, and what is known of what stands directly in it. Small: a hostile text opens millions of them.
struct PeopleFinder::Level {
  Around around = Around::nothing;
  PersonMember elements = PersonMember::none;  // what the strings of an array mean
  PersonMember claim = PersonMember::none;     // what a claim means whose type has been read
  bool id_escaped = false;
  std::uint32_t id_begin = 0;  // an id that is nobody's as far as can be told
  std::uint32_t id_size = 0;
};

void PeopleFinder::look(unsigned marks, bool claims) {
  const std::size_t before = found_.size();
  if ((marks & kQuote) != 0) look_into_json(claims);
  if ((marks & kPlus) != 0) find_phones();
  if ((marks & kColon) != 0) find_behind_colons();
  if ((marks & kSlash) != 0) find_around_slashes();
  if ((marks & kEquals) != 0) find_guid_parameters();
  if (learning_) return;
  if ((marks & kAt) != 0) find_mails();
  if ((marks & kDot) != 0) find_addresses_v4();
  store_.find(text_, found_, before);
}

void PeopleFinder::look_into_name() {
  if (is_guid(text_)) {
    take_id(text_, Clue::person_header);
  } else if (!may_be_mail(text_) && !text_.empty() && !is_stand_in(text_) && !is_person_stand_in(text_)) {
    // In front of what was found at the same place: what is left must not read as a name the next time.
    found_.insert(found_.begin(), Secret{{0, text_.size()}, store_.name(text_), Clue::person_header});
  }
  look(marks_in(text_), false);
}

void PeopleFinder::look_into_json(bool claims) {
  constexpr std::size_t kUsual = 16;
  std::vector<Level> levels;
  levels.reserve(kUsual);
  levels.emplace_back();  // around everything
  PersonMember member = PersonMember::none;
  std::string decoded;
  JsonScanner scanner(text_);
  for (JsonToken token; scanner.next(token);) {
    using enum JsonToken::Kind;
    const std::string_view raw = scanner.bytes_of(token);
    if (token.kind == key) {
      decoded.clear();
      if (token.escaped) append_unescaped(decoded, raw);
      member = person_in_member(token.escaped ? std::string_view(decoded) : raw);
      continue;
    }
    Level& at = levels.back();
    const PersonMember meant = std::exchange(member, PersonMember::none);
    const PersonMember kind = meant == PersonMember::none ? at.elements : meant;
    if (token.kind == open_array) {
      const Around around = at.around;
      levels.push_back({around, kind});
    } else if (token.kind == open_object) {
      levels.push_back({around_below(kind)});
    } else if (token.kind == close_object || token.kind == close_array) {
      if (levels.size() > 1) levels.pop_back();
    } else if (token.kind == string) {
      take_string(at, kind, raw, token.escaped, claims);
    } else if (kind != PersonMember::none && all_digits(raw)) {
      take_member(meaning_of(kind, at.around, claims), raw, false);
    }
  }
}

void PeopleFinder::take_string(Level& at, PersonMember member, std::string_view raw, bool escaped, bool claims) {
  if (member == PersonMember::claim_type) {
    at.claim = meaning_of(person_in_member(raw.substr(raw.rfind('/') + 1)), Around::nothing, true);
  } else if (member == PersonMember::claim_value) {
    member = std::exchange(at.claim, PersonMember::none);
  } else if (member == PersonMember::id) {
    // A bot says what it is called as people do.
    if (raw.starts_with("28:") && at.around == Around::person) at.around = Around::application;
    at.id_begin = static_cast<std::uint32_t>(raw.data() - text_.data());
    at.id_size = static_cast<std::uint32_t>(raw.size());
    at.id_escaped = escaped;
  } else if (raw == "#microsoft.graph.identity" && at.around == Around::nothing) {
    // Wherever it stands: an identity that is not said to be an application's.
    at.around = Around::person;
    if (at.id_size > 0) take_member(PersonMember::id, text_.substr(at.id_begin, at.id_size), at.id_escaped);
  }
  take_member(meaning_of(member, at.around, claims), raw, escaped);
}

void PeopleFinder::take_member(PersonMember member, std::string_view raw, bool escaped) {
  if (member == PersonMember::none) return;
  std::string decoded;
  if (escaped) append_unescaped(decoded, raw);
  const std::string_view value = escaped ? std::string_view(decoded) : raw;
  // Digits that stand in for one number may be another elsewhere: whoever takes numbers asks again.
  if (value.empty() || is_stand_in(value) || (is_person_stand_in(value) && !all_digits(value))) return;
  switch (member) {
    case PersonMember::id:
    case PersonMember::user:
    case PersonMember::claim_user:
      take_id(raw, value, Clue::person_member);
      break;
    case PersonMember::tenant: {
      constexpr std::string_view kNobodys[] = {"common", "organizations", "consumers"};
      if (std::ranges::find(kNobodys, value) == std::end(kNobodys)) take_id(raw, value, Clue::tenant);
      break;
    }
    case PersonMember::name:
    case PersonMember::any_name:
      take_name(raw, value);
      break;
    case PersonMember::mail:
      if (is_guid(value)) {
        take_id(raw, value, Clue::mail);
      } else if (!may_be_mail(value)) {
        push(raw, store_.account(value), Clue::mail);
      }
      break;
    case PersonMember::phone:
      take_phone(raw);
      break;
    case PersonMember::digits:
      take_number(raw, Clue::person_member);
      break;
    case PersonMember::none:
    case PersonMember::person:
    case PersonMember::application:
    case PersonMember::claim:
    case PersonMember::claim_type:
    case PersonMember::claim_value:
      break;
  }
}

// A GUID is learned, and found by its value like anywhere else. A number is that of a telephone. What is known by its
// shape (mail, chats, 8:orgid:…) is left to those who know it.
void PeopleFinder::take_id(std::string_view raw, std::string_view value, Clue clue) {
  if (is_guid(value)) {
    if (!asked_) return store_.learn_guid(value) ? push(raw, {}, clue) : void();
    std::string stand_in = store_.guid(value);
    if (!stand_in.empty()) push(raw, std::move(stand_in), clue);
    return;
  }
  constexpr std::size_t kShortest = 3;
  if (value.size() < kShortest || may_be_mail(value)) return;
  if (all_digits(value) || value.front() == '+') return take_phone(raw);
  if (value.find(':') == value.npos) push(raw, store_.account(value), clue);
}

void PeopleFinder::take_name(std::string_view raw, std::string_view value) {
  const bool is_number = value.front() == '+' && std::ranges::none_of(value, is_letter);
  if (looks_like_a_name(value) && !is_number) push(raw, store_.name(value), Clue::person_name);
}

void PeopleFinder::take_phone(std::string_view raw) {
  raw = raw.substr(0, raw.find_first_of("eExX;#,"));  // what an extension begins with: its digits alone lead nowhere
  std::string digits;
  std::ranges::copy_if(raw, std::back_inserter(digits), is_digit);
  const bool is_number = std::ranges::all_of(raw, [](char byte) {
    return is_digit(byte) || std::string_view("+-.()/ ").find(byte) != std::string_view::npos;
  });
  constexpr std::size_t kFewest = 7;
  constexpr std::size_t kMost = 15;  // E.164
  if (!is_number || digits.size() < kFewest || digits.size() > kMost || is_phone_stand_in(digits)) return;
  const std::size_t begin = std::min(raw.find_first_of("0123456789"), raw.size());
  const std::size_t end = raw.find_last_of("0123456789") + 1;
  push(raw.substr(begin, end - begin), store_.phone(digits), Clue::phone);
}

void PeopleFinder::take_number(std::string_view raw, Clue clue) {
  constexpr std::size_t kFewest = 8;  // "messageId":"0" and a year lead nowhere
  std::string digits;
  std::ranges::copy_if(raw, std::back_inserter(digits), is_digit);
  const bool is_number = std::ranges::all_of(raw, [](char byte) { return is_digit(byte) || byte == ' '; });
  if (!is_number || digits.size() < kFewest || is_person_stand_in(digits)) return;
  push(raw, store_.number(digits), clue);
}

void PeopleFinder::push(std::string_view raw, std::string stand_in, Clue clue) {
  const auto begin = static_cast<std::size_t>(raw.data() - text_.data());
  found_.push_back({{begin, begin + raw.size()}, std::move(stand_in), clue});
}

}  // namespace corpus
