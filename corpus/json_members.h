// Reads the members of a JSON object against a table of the known ones, and keeps the unknown ones as they stand.
//
// For sources only: includes simdjson, which is large.
#pragma once

#include <simdjson.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "corpus/json_scan.h"

namespace corpus {

/// A member that the format knows: its name, what it must be (for the message), and whether it may be missing.
struct Known {
  std::string_view name;
  std::string_view must;
  bool required = false;
};

/// A member of an object as it stands in a line: decoded, and raw.
struct Member {
  std::string_view key;
  simdjson::dom::element value;
  std::string_view raw;        ///< key and value
  std::string_view raw_value;  ///< the value alone
};

/// Walks an object that the parser has found valid, and its text, in step: the parser knows what the members are, the
/// text where. The last member ends where the object does, so the long ones, which the writer puts there, are not
/// searched.
class Members {
 public:
  Members(simdjson::dom::object parsed, std::string_view text) : at_(parsed.begin()), end_(parsed.end()), text_(text) {}

  bool next(Member& member) {
    if (at_ == end_) return false;
    // Over the brace or comma before the key; then the key, and the colon behind it.
    const std::size_t key = skip_json_space(text_, skip_json_space(text_, place_) + 1);
    const std::size_t colon = skip_json_space(text_, end_of_json_value(text_, key));
    const std::size_t value = skip_json_space(text_, colon + 1);
    member.key = at_.key();
    member.value = at_.value();
    place_ = ++at_ == end_ ? end_of_last() : end_of_json_value(text_, value);
    member.raw = text_.substr(key, place_ - key);
    member.raw_value = text_.substr(value, place_ - value);
    return true;
  }

 private:
  std::size_t end_of_last() const { return text_.find_last_not_of(" \t\r\n", text_.size() - 2) + 1; }

  simdjson::dom::object::iterator at_;
  simdjson::dom::object::iterator end_;
  std::string_view text_;
  std::size_t place_ = 0;
};

/// Why a line cannot be taken; empty if it can.
using Problem = std::string;

inline Problem problem_of(std::string_view owner, const Known& known) {
  std::string problem = "\"";
  return problem.append(known.name).append("\" of ").append(owner).append(" ").append(known.must);
}

/// Hands each known member of the object to take(member) and appends the unknown ones to `extra`. `owner` names the
/// object for a person. take says false if the member is not what it must be; a Problem of its own goes into `inner`.
template <std::size_t N, typename Take>
Problem read_members(simdjson::dom::object parsed, std::string_view text, std::string_view owner,
                     const Known (&known)[N], std::string& extra, const Problem& inner, Take take) {
  std::uint32_t seen = 0;
  Members members(parsed, text);
  for (Member member; members.next(member);) {
    std::size_t index = 0;
    while (index < N && known[index].name != member.key) ++index;
    if (index == N) {
      if (!extra.empty()) extra.push_back(',');
      extra.append(member.raw);
      continue;
    }
    if (seen >> index & 1) return "\"" + std::string(member.key) + "\" stands twice in " + std::string(owner);
    seen |= 1u << index;
    if (!take(member)) return inner.empty() ? problem_of(owner, known[index]) : inner;
  }
  for (std::size_t index = 0; index < N; ++index) {
    if (known[index].required && !(seen >> index & 1)) {
      return "no \"" + std::string(known[index].name) + "\" in " + std::string(owner);
    }
  }
  return {};
}

}  // namespace corpus
