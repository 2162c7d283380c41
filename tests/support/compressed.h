// Compressed bodies for tests.
#pragma once

#include <zlib.h>

#include <string>

namespace support {

// What zlib is told to put around the compressed bytes (deflateInit2).
inline constexpr int kGzip = 15 + 16;
inline constexpr int kZlib = 15;
inline constexpr int kRawDeflate = -15;

/// The text as a body under a content coding.
inline std::string compressed(std::string text, int window_bits = kGzip) {
  z_stream stream{};
  if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY) != Z_OK) return {};
  std::string out(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(text.data());
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(out.size() - stream.avail_out);
  deflateEnd(&stream);
  return out;
}

}  // namespace support
