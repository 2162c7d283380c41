// The same JSON in another spelling, for the target notification_metamorphic.
#pragma once

#include <simdjson.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/notification.h"
#include "fuzz/names.h"
#include "fuzz/random.h"
#include "fuzz/target.h"

namespace fuzz {

/// Writes values differently each time; how, is a function of the text that it is made for.
class Respelling {
 public:
  using Element = simdjson::dom::element;

  explicit Respelling(std::string_view text) : random_(name_of(text)) {}

  std::string spell(Element value) {
    std::string out;
    append(out, value);
    return out;
  }

  /// Whether an object somewhere has two members that a parser takes for one: names that differ in case at most.
  static bool has_twins(Element value) {
    if (value.is_array()) return std::ranges::any_of(elements_of(value), has_twins);
    if (!value.is_object()) return false;
    std::vector<std::string> names;
    const simdjson::dom::object members = value.get_object().value_unsafe();
    for (const auto& [key, member] : members) {
      std::string name(key);
      std::ranges::transform(name, name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; });
      if (std::ranges::find(names, name) != names.end() || has_twins(member)) return true;
      names.push_back(std::move(name));
    }
    return false;
  }

  /// Equal, but that a resource of unknown kind is kept as it was spelled.
  static bool equal(const corpus::Notification& one, const corpus::Notification& other) {
    corpus::Notification a = one;
    corpus::Notification b = other;
    a.data.raw = b.data.raw = {};
    return a == b;
  }
  static bool equal(const corpus::Notifications& one, const corpus::Notifications& other) {
    return one.odata_type == other.odata_type && one.enveloped == other.enveloped &&
           std::ranges::equal(one.value, other.value, [](const auto& a, const auto& b) { return equal(a, b); });
  }

 private:
  static std::vector<Element> elements_of(Element array) {
    const simdjson::dom::array elements = array.get_array().value_unsafe();
    return {elements.begin(), elements.end()};
  }

  void space(std::string& out) {
    constexpr std::string_view kSpace = " \t\n\r";
    for (; random_.one_in(4); out += kSpace[random_.below(4)]) {
    }
  }

  // NOLINTNEXTLINE(misc-no-recursion): the parser has seen that it is not deeper than it takes
  void append(std::string& out, Element value) {
    space(out);
    if (value.is_object()) {
      append_object(out, value.get_object().value_unsafe());
    } else if (value.is_array()) {
      char before = '[';
      for (const Element element : elements_of(value)) {
        out += before;
        append(out, element);
        before = ',';
      }
      out += before == '[' ? "[]" : "]";
    } else if (value.is_string()) {
      append_string(out, value.get_string().value_unsafe());
    } else {
      append_scalar(out, value);
    }
    space(out);
  }

  void append_object(std::string& out, const simdjson::dom::object& object) {
    std::vector<std::pair<std::string_view, Element>> members;
    for (const auto& [key, member] : object) members.emplace_back(key, member);
    for (std::size_t left = members.size(); left > 1; --left) {
      std::swap(members[left - 1], members[random_.below(static_cast<std::uint32_t>(left))]);
    }
    char before = '{';
    for (const auto& [key, member] : members) {
      out += before;
      space(out);
      append_string(out, key);
      space(out);
      out += ':';
      append(out, member);
      before = ',';
    }
    out += before == '{' ? "{}" : "}";
  }

  void append_string(std::string& out, std::string_view text) {
    constexpr std::string_view kHex = "0123456789abcdef";
    out += '"';
    for (const char letter : text) {
      const auto byte = static_cast<unsigned char>(letter);
      if (byte < 0x20 || letter == '"' || letter == '\\' || (byte < 0x7f && random_.one_in(8))) {
        out.append("\\u00").append(1, kHex[byte >> 4]).append(1, kHex[byte & 15]);
      } else {
        out += letter;
      }
    }
    out += '"';
  }

  void append_scalar(std::string& out, Element value) {
    out += simdjson::minify(value);
    // So small that a double in its place has the same digits, too, where a text is made of it.
    std::int64_t integer = 0;
    if (value.get_int64().get(integer) != simdjson::SUCCESS || integer == 0) return;
    const bool small = integer > -100'000 && integer < 100'000;
    if (small && random_.one_in(3)) out += random_.one_in(2) ? "e0" : ".0";
  }

  Random random_;
};

}  // namespace fuzz
