// POSIX: regcomp(). The standard library's own expressions recurse once for each byte of a text, and break on long
// ones.
#include "corpus/pattern.h"

#include <regex.h>

#include <array>
#include <optional>

#include "corpus/spelling.h"

namespace corpus {

/// What regcomp() has made.
struct Pattern::State {
  State() = default;
  ~State() {
    if (good) regfree(&compiled);
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  /// The first match that begins at or behind `from`, and the longest of those that begin there.
  std::optional<Stretch> first_match(std::string_view text, std::size_t from) const {
    // With REG_STARTEND the text may hold NUL, and need not end in one.
    regmatch_t range{};
    range.rm_so = static_cast<regoff_t>(from);
    range.rm_eo = static_cast<regoff_t>(text.size());
    const int flags = REG_STARTEND | (from > 0 ? REG_NOTBOL : 0);
    if (regexec(&compiled, text.data() == nullptr ? "" : text.data(), 1, &range, flags) != 0) return std::nullopt;
    return Stretch{static_cast<std::size_t>(range.rm_so), static_cast<std::size_t>(range.rm_eo)};
  }

  regex_t compiled{};
  bool good = false;
};

Result<Pattern> Pattern::compile(const std::string& text, bool whole) {
  auto state = std::make_shared<State>();
  const std::string expression = whole ? "^(" + text + ")$" : text;
  const int flags = REG_EXTENDED | (whole ? REG_ICASE | REG_NOSUB : 0);
  const int error = regcomp(&state->compiled, expression.c_str(), flags);
  if (error != 0) {
    std::array<char, 200> reason{};
    regerror(error, &state->compiled, reason.data(), reason.size());
    return std::unexpected(Fault{Error::invalid, "", reason.data()});
  }
  state->good = true;
  return Pattern(std::move(state));
}

bool Pattern::matches(std::string_view text) const {
  return state_->first_match(text, 0).has_value();
}

bool Pattern::covers(std::string_view text, std::size_t begin, std::size_t end) const {
  for (std::size_t from = 0; from <= begin;) {
    const auto match = state_->first_match(text, from);
    if (!match || match->begin > begin) return false;
    if (match->end >= end) return true;
    from = match->begin + 1;
  }
  return false;
}

}  // namespace corpus
