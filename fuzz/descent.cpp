#include "fuzz/descent.h"

#include <utility>

#include "corpus/json_members.h"

namespace fuzz {
namespace {

using corpus::Member;

// Parsing is for the few lines that have it.
bool may_have_descent(std::string_view extra) {
  return extra.find("made_of") != std::string_view::npos;
}

// Both members out of the unknown ones; what is left goes to `rest`. Nothing if they are not what is written here.
// False: the line cannot be taken apart, and `rest` is not all of it.
bool take_out(std::string_view extra, std::optional<Descent>& descent, std::string& rest) {
  static constexpr corpus::Known kKnown[] = {{"made_of", "must be a number"}, {"part", "must be a number"}};
  simdjson::dom::parser parser;
  simdjson::dom::object parsed;
  const std::string text = "{" + std::string(extra) + "}";
  if (parser.parse(text).get_object().get(parsed) != simdjson::SUCCESS) return false;
  Descent read;
  bool numbers = true;
  const corpus::Problem problem =
      corpus::read_members(parsed, text, "the line", kKnown, rest, {}, [&](const Member& member) {
        std::int64_t& number = member.key == "part" ? read.part : read.made_of;
        numbers = numbers && member.value.get_int64().get(number) == simdjson::SUCCESS;
        return true;
      });
  if (numbers && read.made_of != 0) descent = read;
  return problem.empty();
}

}  // namespace

std::optional<Descent> descent_of(std::string_view extra) {
  std::optional<Descent> descent;
  std::string rest;
  if (!may_have_descent(extra) || !take_out(extra, descent, rest)) return std::nullopt;
  return descent;
}

void set_descent(std::string& extra, const std::optional<Descent>& descent) {
  std::optional<Descent> old;
  std::string rest;
  if (may_have_descent(extra) && take_out(extra, old, rest)) extra = std::move(rest);
  if (!descent) return;
  if (!extra.empty()) extra += ',';
  extra += "\"made_of\":" + std::to_string(descent->made_of);
  if (descent->part != 0) extra += ",\"part\":" + std::to_string(descent->part);
}

}  // namespace fuzz
