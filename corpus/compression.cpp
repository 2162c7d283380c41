#include "corpus/compression.h"

#include <zlib.h>

#include <algorithm>
#include <cassert>
#include <limits>

namespace corpus {
namespace {

constexpr int kNoHeader = -15;   // zlib's largest window, and nothing around the data (deflateInit2)
constexpr int kGzip = 15 + 16;   // the same window, and gzip's header and trailer
constexpr int kUsualMemory = 8;  // zlib's own default, which has no name
constexpr std::size_t kMostAtOnce = std::numeric_limits<uInt>::max();

}  // namespace

std::string compressed(std::string_view bytes, Container container) {
  z_stream stream{};
  const int window = container == Container::gzip ? kGzip : kNoHeader;
  const int begun = deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, window, kUsualMemory, Z_DEFAULT_STRATEGY);
  if (begun != Z_OK) return {};  // no memory: the only fault there is with settings that are good
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  // zlib promises not to write to its input, and asks for a pointer that could be written through all the same.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  std::size_t left = bytes.size();
  std::size_t room = out.size();
  int result = Z_OK;
  while (result == Z_OK) {  // in pieces, since zlib counts in 32 bits
    const uInt piece = static_cast<uInt>(std::min(left, kMostAtOnce));
    const uInt space = static_cast<uInt>(std::min(room, kMostAtOnce));
    stream.avail_in = piece;
    stream.avail_out = space;
    result = deflate(&stream, left == piece ? Z_FINISH : Z_NO_FLUSH);
    left -= piece - stream.avail_in;
    room -= space - stream.avail_out;
  }
  assert(result == Z_STREAM_END);  // all of it fits: the bound was asked for
  deflateEnd(&stream);
  out.resize(out.size() - room);
  return out;
}

}  // namespace corpus
