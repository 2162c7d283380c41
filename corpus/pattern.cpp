// POSIX: regcomp(). The standard library's own expressions recurse once for each byte of a text, and break on long
// ones.
#include "corpus/pattern.h"

#include <regex.h>

#include <array>

namespace corpus {

/// What regcomp() has made.
struct Pattern::State {
  State() = default;
  ~State() {
    if (good) regfree(&compiled);
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  regex_t compiled{};
  bool good = false;
};

Result<Pattern> Pattern::compile(const std::string& text, bool whole) {
  auto state = std::make_shared<State>();
  const std::string expression = whole ? "^(" + text + ")$" : text;
  const int flags = REG_EXTENDED | REG_NOSUB | (whole ? REG_ICASE : 0);
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
  // With REG_STARTEND the text may hold NUL, and need not end in one.
  regmatch_t range{};
  range.rm_so = 0;
  range.rm_eo = static_cast<regoff_t>(text.size());
  return regexec(&state_->compiled, text.data() == nullptr ? "" : text.data(), 1, &range, REG_STARTEND) == 0;
}

}  // namespace corpus
