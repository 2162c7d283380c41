// The same JSON in another spelling, for the target notification_metamorphic.
#pragma once

#include <simdjson.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "corpus/notification.h"
#include "fuzz/random.h"

namespace fuzz {

/// Writes values differently each time; how, is a function of the text that it is made for. Members come in any order,
/// with white space around tokens, characters as escapes, whole numbers with a fraction or an exponent, and fractions
/// with more zeros.
class Respelling {
 public:
  using Element = simdjson::dom::element;

  explicit Respelling(std::string_view text);

  /// The value, with at most kMostSpace bytes of white space.
  std::string spell(Element value);

  static constexpr std::size_t kMostSpace = 4096;

 private:
  void space(std::string& out);
  void append(std::string& out, Element value, std::string_view key);
  void append_object(std::string& out, const simdjson::dom::object& object);
  void append_string(std::string& out, std::string_view text);
  void append_whole(std::string& out, std::int64_t number, std::string_view key);
  void append_fraction(std::string& out, std::string_view number);

  Random random_;
  std::size_t space_left_ = kMostSpace;
};

/// Whether an object somewhere has two members that a parser may take for one: of these the first counts, so that their
/// order is no spelling.
bool has_twins(simdjson::dom::element value);

/// Equal, but that a resource of unknown kind is kept as it was spelled.
bool same_but_raw(const corpus::Notification& one, const corpus::Notification& other);
bool same_but_raw(const corpus::Notifications& one, const corpus::Notifications& other);

}  // namespace fuzz
