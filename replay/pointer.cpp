#include "replay/pointer.h"

#include <algorithm>

#include "corpus/mentions.h"

namespace replay {
namespace {

corpus::Result<std::string> unescaped(std::string_view segment, std::string_view whole) {
  std::string text;
  for (std::size_t i = 0; i < segment.size(); ++i) {
    if (segment[i] != '~') {
      text += segment[i];
      continue;
    }
    const char next = i + 1 < segment.size() ? segment[i + 1] : '\0';
    if (next != '0' && next != '1') {
      return std::unexpected(corpus::Fault{corpus::Error::invalid, std::string(whole),
                                           "\"~\" must be \"~0\" or \"~1\" in a JSON pointer"});
    }
    text += next == '0' ? '~' : '/';
    ++i;
  }
  return text;
}

}  // namespace

corpus::Result<Pointer> parse_pointer(std::string_view text) {
  Pointer pointer;
  if (text.empty()) return pointer;
  if (text.front() != '/') {
    return std::unexpected(corpus::Fault{corpus::Error::invalid, std::string(text),
                                         "a JSON pointer begins with \"/\", for example /participants/0/identity"});
  }
  for (std::size_t begin = 1; begin <= text.size();) {
    const std::size_t end = std::min(text.find('/', begin), text.size());
    auto segment = unescaped(text.substr(begin, end - begin), text);
    if (!segment) return std::unexpected(segment.error());
    pointer.push_back(std::move(*segment));
    begin = end + 1;
  }
  return pointer;
}

std::string to_string(const Pointer& pointer) {
  std::string text;
  for (const std::string& segment : pointer) {
    text += '/';
    for (const char c : segment) {
      if (c == '~') {
        text += "~0";
      } else if (c == '/') {
        text += "~1";
      } else {
        text += c;
      }
    }
  }
  return text;
}

bool covers(const Pointer& pattern, const Pointer& place) {
  if (pattern.size() > place.size()) return false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != "*" && pattern[i] != place[i]) return false;
  }
  return true;
}

bool tells_who(const std::string& pointer) {
  const auto segments = parse_pointer(pointer);
  return segments && std::ranges::any_of(*segments, corpus::says_who);
}

}  // namespace replay
