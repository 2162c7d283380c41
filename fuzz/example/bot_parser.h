// What a small bot takes from the notifications that Graph posts to it: what has become of its calls and operations.
//
// There are two sources for this header. bot_parser.cpp is written as many such parsers are, and has a bug that a
// fuzzer finds within seconds; bot_parser_fixed.cpp is what it became.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// One call or operation, and what it is now.
struct Update {
  std::string resource;  ///< the path under which Graph knows it
  std::string state;     ///< of a call its state ("established"), of an operation its status ("completed")
};

inline bool operator==(const Update& a, const Update& b) {
  return a.resource == b.resource && a.state == b.state;
}

/// The updates of one notification body, in its order; what is about neither calls nor operations is left out. Nothing
/// if the body is not what Graph sends: then the bot answers 400.
std::optional<std::vector<Update>> read_updates(std::string_view body);
