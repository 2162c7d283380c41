// JSON pointers, as people write them for --ignore and as findings name places.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "corpus/error.h"

namespace replay {

/// A place in a JSON text: member names and array indices from the root (RFC 6901), unescaped.
using Pointer = std::vector<std::string>;

/// Reads "/participants/0/identity". A fault for text that is neither empty nor begins with a slash.
corpus::Result<Pointer> parse_pointer(std::string_view text);

/// The text form, escaped as RFC 6901 has it; empty for the root.
std::string to_string(const Pointer& pointer);

/// Whether `place` is what `pattern` names or lies below it. The segment "*" of a pattern stands for any one segment.
bool covers(const Pointer& pattern, const Pointer& place);

/// Whether the place, named by a pointer's text form, lies in a member that says who somebody is (corpus::says_who).
bool tells_who(const std::string& pointer);

}  // namespace replay
