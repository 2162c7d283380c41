#include "fuzz/targets/respelling.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>
#include <vector>

#include "fuzz/names.h"

namespace fuzz {
namespace {

using Element = Respelling::Element;

std::vector<Element> elements_of(Element array) {
  const simdjson::dom::array elements = array.get_array().value_unsafe();
  return {elements.begin(), elements.end()};
}

/// One name for all spellings of a member, in any casing.
std::string one_name(std::string_view key) {
  std::string name(key);
  std::ranges::transform(name, name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; });
  if (name == "recordresourcelocation") return "recordinglocation";
  if (name == "recordresourceaccesstoken") return "recordingaccesstoken";
  return name;
}

/// Members that are whole numbers and nothing else: their digits do not count.
bool is_number(std::string_view key) {
  constexpr std::array<std::string_view, 7> kNumbers{
      "code", "subcode", "subCode", "sequenceNumber", "sequenceId", "rosterSequenceNumber", "ringingTimeoutInSeconds"};
  return std::ranges::find(kNumbers, key) != kNumbers.end();
}

/// The character at the start of the text, which is UTF-8; its bytes are removed.
std::uint32_t take_character(std::string_view& text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  std::uint32_t character = size == 1 ? lead : lead & (0x7fu >> size);
  for (const char tail : text.substr(1, size - 1))
    character = character << 6 | (static_cast<unsigned char>(tail) & 63u);
  text.remove_prefix(size);
  return character;
}

void append_code_unit(std::string& out, std::uint32_t unit, bool upper) {
  const std::string_view digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";
  out += "\\u";
  for (unsigned shift = 16; shift > 0;) out += digits[unit >> (shift -= 4) & 15];
}

}  // namespace

Respelling::Respelling(std::string_view text) : random_(name_of(text)) {}

std::string Respelling::spell(Element value) {
  space_left_ = kMostSpace;
  std::string out;
  append(out, value, "");
  return out;
}

void Respelling::space(std::string& out) {
  constexpr std::string_view kSpace = " \t\n\r";
  if (!random_.one_in(4)) return;
  // Now and then so many that what follows gets into another block of the parser's.
  std::size_t count = 1 + random_.below(random_.one_in(64) ? 128 : 3);
  count = std::min(count, space_left_);
  space_left_ -= count;
  for (; count > 0; --count) out += kSpace[random_.below(kSpace.size())];
}

// NOLINTNEXTLINE(misc-no-recursion): the parser has seen that it is not deeper than it takes
void Respelling::append(std::string& out, Element value, std::string_view key) {
  space(out);
  std::int64_t whole = 0;
  if (value.is_object()) {
    append_object(out, value.get_object().value_unsafe());
  } else if (value.is_array()) {
    char before = '[';
    for (const Element element : elements_of(value)) {
      out += std::exchange(before, ',');
      append(out, element, "");
    }
    out += before == '[' ? "[]" : "]";
  } else if (value.is_string()) {
    append_string(out, value.get_string().value_unsafe());
  } else if (value.get_int64().get(whole) == simdjson::SUCCESS) {
    append_whole(out, whole, key);
  } else if (value.type() == simdjson::dom::element_type::DOUBLE) {
    append_fraction(out, simdjson::minify(value));
  } else {
    out += simdjson::minify(value);
  }
  space(out);
}

void Respelling::append_object(std::string& out, const simdjson::dom::object& object) {
  std::vector<std::pair<std::string_view, Element>> members;
  for (const auto& [key, member] : object) members.emplace_back(key, member);
  for (std::size_t left = members.size(); left > 1; --left) {
    std::swap(members[left - 1], members[random_.below(static_cast<std::uint32_t>(left))]);
  }
  char before = '{';
  for (const auto& [key, member] : members) {
    out += std::exchange(before, ',');
    space(out);
    append_string(out, key);
    space(out);
    out += ':';
    append(out, member, key);
  }
  out += before == '{' ? "{}" : "}";
}

void Respelling::append_string(std::string& out, std::string_view text) {
  constexpr std::string_view kPlain = "\"\\/\b\f\n\r\t";
  constexpr std::string_view kShort = "\"\\/bfnrt";
  out += '"';
  while (!text.empty()) {
    const std::string_view before = text;
    const std::uint32_t character = take_character(text);
    const bool must = character < 0x20 || character == '"' || character == '\\';
    if (!must && !random_.one_in(8)) {
      out += before.substr(0, before.size() - text.size());
      continue;
    }
    const std::size_t known = character < 0x80 ? kPlain.find(static_cast<char>(character)) : kPlain.npos;
    if (known != kPlain.npos && random_.one_in(2)) {
      (out += '\\') += kShort[known];
    } else if (character < 0x10000) {
      append_code_unit(out, character, random_.one_in(2));
    } else {
      append_code_unit(out, 0xd800 + ((character - 0x10000) >> 10), random_.one_in(2));
      append_code_unit(out, 0xdc00 + (character & 0x3ff), random_.one_in(2));
    }
  }
  out += '"';
}

void Respelling::append_whole(std::string& out, std::int64_t number, std::string_view key) {
  std::string digits = std::to_string(number);
  // Where a text is made of it, only small numbers have the same digits as the double in their place; everywhere else
  // those up to 2^53 are the same number.
  const std::int64_t most = is_number(key) ? std::int64_t{1} << 53 : 99'999;
  const bool kept = number < -most || number > most || random_.one_in(2);
  if (kept) {
    out += digits;
    return;
  }
  static constexpr std::array<std::string_view, 8> kTails{".0", ".000", "e0", "E0", "e+0", "e-0", "0e-1", "000E-3"};
  const std::size_t first = number < 0 ? 2 : 1;
  const std::string zeros = digits.substr(std::min(digits.find_last_not_of('0') + 1, digits.size()));
  if (number != 0 && !zeros.empty() && random_.one_in(2)) {  // 5000: 5e3
    digits.resize(digits.size() - zeros.size());
    out += digits + "e" + std::to_string(zeros.size());
  } else if (digits.size() > first && random_.one_in(3)) {  // 5001: 5.001e3
    out += digits.substr(0, first) + "." + digits.substr(first) + "e" + std::to_string(digits.size() - first);
  } else {
    out += digits;
    out += number != 0 ? random_.pick(kTails) : kTails[random_.below(kTails.size() - 2)];  // no 00e-1
  }
}

void Respelling::append_fraction(std::string& out, std::string_view number) {
  static constexpr std::array<std::string_view, 4> kTails{"", "e0", "E+0", "e-0"};
  out += number;
  if (number.find_first_of("eE") != number.npos) return;
  if (number.find('.') != number.npos) out.append(random_.below(3), '0');
  out += random_.pick(kTails);
}

// NOLINTNEXTLINE(misc-no-recursion): no deeper than simdjson's parser takes
bool has_twins(Element value) {
  if (value.is_array()) return std::ranges::any_of(elements_of(value), has_twins);
  if (!value.is_object()) return false;
  std::vector<std::string> names;
  const simdjson::dom::object members = value.get_object().value_unsafe();
  for (const auto& [key, member] : members) {
    std::string name = one_name(key);
    if (std::ranges::find(names, name) != names.end() || has_twins(member)) return true;
    names.push_back(std::move(name));
  }
  return false;
}

bool same_but_raw(const corpus::Notification& one, const corpus::Notification& other) {
  corpus::Notification a = one;
  corpus::Notification b = other;
  a.data.raw = b.data.raw = {};
  return a == b;
}

bool same_but_raw(const corpus::Notifications& one, const corpus::Notifications& other) {
  return one.odata_type == other.odata_type && one.odata_context == other.odata_context &&
         one.enveloped == other.enveloped &&
         std::ranges::equal(one.value, other.value, [](const auto& a, const auto& b) { return same_but_raw(a, b); });
}

}  // namespace fuzz
