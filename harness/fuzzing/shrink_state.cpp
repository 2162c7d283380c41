#include "harness/fuzzing/shrink_state.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <filesystem>
#include <utility>

#include "harness/file_replacing.h"
#include "harness/whole_file.h"

namespace harness {
namespace {

namespace json = boost::json;

// The text of a member; empty if there is none.
std::string text_of(const json::object& members, std::string_view name) {
  const json::value* value = members.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

}  // namespace

corpus::Result<std::optional<fuzz::ShrinkVerdicts>> known_verdicts(const std::string& path,
                                                                   const ShrinkSubject& subject) {
  std::error_code ec;
  if (!std::filesystem::exists(path, ec)) return std::optional(fuzz::ShrinkVerdicts());
  const auto text = read_whole(path);
  if (!text) return std::unexpected(text.error());
  json::error_code broken;
  const json::value state = json::parse(*text, broken);
  const json::object* members = broken ? nullptr : state.if_object();
  const json::value* verdicts = members == nullptr ? nullptr : members->if_contains("verdicts");
  if (verdicts == nullptr || !verdicts->is_string()) {
    return corpus::invalid(path, "is not what rollcall shrink writes; take it away to begin anew");
  }
  if (text_of(*members, "bucket") != subject.bucket) {
    return corpus::invalid(path, "is about another finding; take it away to begin anew");
  }
  if (text_of(*members, "bot") != subject.bot) return std::optional<fuzz::ShrinkVerdicts>();
  auto parsed = fuzz::parse_verdicts(std::string_view(verdicts->get_string()));
  if (!parsed) return std::unexpected(parsed.error());
  return std::optional(std::move(*parsed));
}

corpus::Result<void> keep_verdicts(const std::string& path, const ShrinkSubject& subject,
                                   const fuzz::ShrinkVerdicts& verdicts) {
  const json::object state{{"bucket", subject.bucket}, {"bot", subject.bot}, {"verdicts", fuzz::to_text(verdicts)}};
  return replace_file(path, json::serialize(state) + "\n");
}

std::string with_files(std::string_view command) {
  constexpr std::string_view kBetween = " \t\n'\"();&|<>=";
  std::string text(command);
  for (std::size_t begin = 0; begin < command.size();) {
    const std::size_t end = std::min(command.find_first_of(kBetween, begin), command.size());
    const std::filesystem::path path(command.substr(begin, end - begin));
    begin = end + 1;
    std::error_code ec;
    if (!std::filesystem::is_regular_file(path, ec)) continue;
    const auto size = std::filesystem::file_size(path, ec);
    const auto time = std::filesystem::last_write_time(path, ec).time_since_epoch().count();
    text += fmt::format(" {}:{}:{}", path.string(), size, time);
  }
  return text;
}

}  // namespace harness
