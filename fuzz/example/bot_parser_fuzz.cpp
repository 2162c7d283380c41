// Property: whatever is posted to the bot, its parser comes to an answer, and to the same one when asked again.
#include <cstdint>
#include <cstdlib>

#include "bot_parser.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view body(reinterpret_cast<const char*>(data), size);
  const auto updates = read_updates(body);
  if (updates != read_updates(body)) std::abort();
  return 0;
}
