// Compression for what a page carries within it.
#pragma once

#include <string>
#include <string_view>

namespace replay {

/// The bytes as raw DEFLATE (RFC 1951): what a browser calls "deflate-raw". Nothing, which no bytes
/// are packed to, if the memory does not suffice.
std::string deflated(std::string_view bytes);

}  // namespace replay
