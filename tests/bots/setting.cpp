#include "tests/bots/setting.h"

#include <fstream>

namespace bots {

corpus::Result<std::string> read_setting(const std::string& text) {
  if (!text.starts_with('@')) return text;
  std::ifstream file(text.substr(1));
  std::string line;
  if (!std::getline(file, line)) {
    return std::unexpected(corpus::Fault{corpus::Error::unreadable, text.substr(1), "no line can be read from it"});
  }
  return line;
}

}  // namespace bots
