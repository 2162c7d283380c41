// Compression: for what a page carries within it, and for bodies that go out under a content coding. The way back is
// in corpus/content_coding.h.
#pragma once

#include <string>
#include <string_view>

namespace corpus {

/// What stands around the compressed data.
enum class Container {
  none,  ///< raw DEFLATE (RFC 1951): what a browser calls "deflate-raw"
  gzip   ///< RFC 1952
};

/// The bytes, compressed. Nothing, which no bytes are packed to, if the memory does not suffice.
std::string compressed(std::string_view bytes, Container container);

}  // namespace corpus
