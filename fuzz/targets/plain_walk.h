// A second reading of deliveries, as plain as can be: by name, member by member, from simdjson's own elements. It
// shares nothing with the typed parser but the page corpus/PAYLOADS.md.
#pragma once

#include <simdjson.h>

#include <array>
#include <charconv>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/notification.h"
#include "fuzz/target.h"

namespace fuzz {

using Element = simdjson::dom::element;

/// The walk; all of it is stateless. Elements live as long as their parser's document.
struct PlainWalk {
  /// The document behind a byte order mark, if there is one. False if it is none.
  static bool parse(simdjson::dom::parser& parser, std::string_view text, Element& root) {
    if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
    return parser.parse(text.data(), text.size()).get(root) == simdjson::SUCCESS;
  }

  /// The value of the first member of any of these names; nothing if there is none or it is null.
  static std::optional<Element> first(Element object, std::initializer_list<std::string_view> names) {
    FUZZ_ASSERT(object.is_object());
    const simdjson::dom::object members = object.get_object().value_unsafe();
    for (const auto& [key, value] : members) {
      for (const std::string_view name : names) {
        if (key == name) return value.is_null() ? std::nullopt : std::optional(value);
      }
    }
    return std::nullopt;
  }

  /// The same as text. A number is one by its digits; nothing else may stand there.
  static std::optional<std::string> text(Element object, std::initializer_list<std::string_view> names) {
    const auto value = first(object, names);
    if (!value) return std::nullopt;
    if (value->is_string()) return std::string(value->get_string().value_unsafe());
    FUZZ_ASSERT(value->is_number());
    return digits(*value);
  }

  /// The elements of an array that are not null; none if there is no array.
  static std::vector<Element> elements(Element object, std::string_view name) {
    const auto value = first(object, {name});
    return value ? elements(*value) : std::vector<Element>();
  }
  static std::vector<Element> elements(Element array) {
    FUZZ_ASSERT(array.is_array());
    std::vector<Element> found;
    const simdjson::dom::array all = array.get_array().value_unsafe();
    for (const Element element : all) {
      if (!element.is_null()) found.push_back(element);
    }
    return found;
  }
  static std::size_t count(Element object, std::string_view name) { return elements(object, name).size(); }

  static void compare(const corpus::Integer& mine, std::optional<Element> theirs) {
    if (!theirs) {
      FUZZ_ASSERT(!mine.value && !mine.text);
    } else if (theirs->is_string()) {
      FUZZ_ASSERT(mine.text == std::optional(theirs->get_string().value_unsafe()));
    } else if (theirs->is_int64()) {
      FUZZ_ASSERT(mine.value == std::optional(theirs->get_int64().value_unsafe()));
    } else {
      FUZZ_ASSERT(theirs->is_number());
      if (mine.value) FUZZ_ASSERT(static_cast<double>(*mine.value) == theirs->get_double().value_unsafe());
    }
  }

  /// Hands each resource to compare(mine, theirs), for the kinds that bots act upon.
  template <typename Compare>
  static void pair(Element data, const corpus::ResourceData& mine, Compare compare) {
    FUZZ_ASSERT(data.is_array() || data.is_object());
    if (mine.kind == corpus::ResourceKind::unknown) return;
    FUZZ_ASSERT(data.is_array() == mine.array || mine.array == false);
    const std::vector<Element> theirs = data.is_array() ? elements(data) : std::vector{data};
    const auto each = [&](const auto& list, bool wanted) {
      FUZZ_ASSERT(list.size() == (wanted ? theirs.size() : 0));
      for (std::size_t at = 0; at < list.size(); ++at) compare(list[at], theirs[at]);
    };
    each(mine.calls, mine.kind == corpus::ResourceKind::call);
    each(mine.roster, mine.kind == corpus::ResourceKind::roster);
    each(mine.operations, mine.kind == corpus::ResourceKind::operation);
  }

  /// Of a document that is JSON, what is said to be of a wrong type is of that type.
  static void check_refusal(const corpus::ParseError& error, bool is_json, Element root) {
    constexpr std::string_view kFound = ", found ";
    constexpr std::array<std::string_view, 6> kTypes{"object", "array", "string", "number", "boolean", "null"};
    const std::size_t at = error.what.rfind(kFound);
    if (!is_json || at == std::string::npos) return;
    const std::string_view found = std::string_view(error.what).substr(at + kFound.size());
    if (std::ranges::find(kTypes, found) == kTypes.end()) return;
    Element value = root;
    if (!error.pointer.empty()) FUZZ_ASSERT(root.at_pointer(error.pointer).get(value) == simdjson::SUCCESS);
    FUZZ_ASSERT(type_of(value) == found);
    FUZZ_ASSERT(error.what.substr(0, at) != "expected " + std::string(found));
  }

 private:
  static std::string_view type_of(Element value) {
    if (value.is_object()) return "object";
    if (value.is_array()) return "array";
    if (value.is_string()) return "string";
    if (value.is_bool()) return "boolean";
    return value.is_null() ? "null" : "number";
  }

  static std::string digits(Element number) {
    if (number.is_int64()) return std::to_string(number.get_int64().value_unsafe());
    if (number.is_uint64()) return std::to_string(number.get_uint64().value_unsafe());
    std::array<char, 32> text;
    const auto written = std::to_chars(text.data(), text.data() + text.size(), number.get_double().value_unsafe());
    return {text.data(), written.ptr};
  }
};

}  // namespace fuzz
