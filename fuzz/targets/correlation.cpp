// Property: the map of ids stays one to one, whatever is bound in whatever order, and what it rewrites to live ids it
// rewrites back.
#include <algorithm>
#include <cctype>
#include <string>

#include "corpus/ids.h"
#include "fuzz/target.h"
#include "fuzz/targets/binding_model.h"
#include "replay/bindings.h"

namespace {

std::string take_line(std::string_view& text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(line.size() + 1, text.size()));
  return std::string(line);
}

std::string lower(std::string text) {
  for (char& letter : text) letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  return text;
}

}  // namespace

// The input: pairs of ids, a line each, up to an empty line; then a text to rewrite.
FUZZ_TARGET(bytes) {
  std::string_view text = fuzz::text_of(bytes);
  replay::Bindings bindings;
  fuzz::BindingModel model;
  bool guids = true;
  for (std::string line = take_line(text); !line.empty() && model.size() < 50; line = take_line(text)) {
    const std::size_t space = std::min(line.find(' '), line.size());
    const std::string recorded = line.substr(0, space), live = line.substr(std::min(space + 1, line.size()));
    if (recorded.empty() || live.empty()) continue;
    guids = guids && corpus::is_guid(recorded) && corpus::is_guid(live);
    model.bind(bindings, recorded, live);
  }
  model.assert_same(bindings);
  // A text that holds a live id already has no way back. A GUID of digits alone has no case to keep.
  const std::string live = bindings.to_live(text);
  if (guids && bindings.to_recorded(text) == text)
    FUZZ_ASSERT(lower(bindings.to_recorded(live)) == lower(std::string(text)));
}
