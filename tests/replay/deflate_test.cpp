#include "replay/deflate.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include "tests/support/compressed.h"

namespace replay {
namespace {

// What a browser makes of it; "broken" unless it is one whole stream and nothing else.
std::string inflated(std::string packed, std::size_t size) {
  z_stream stream{};
  if (inflateInit2(&stream, support::kRawDeflate) != Z_OK) return "broken";
  std::string out(size + 1, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const bool whole = inflate(&stream, Z_FINISH) == Z_STREAM_END && stream.avail_in == 0;
  out.resize(out.size() - stream.avail_out);
  inflateEnd(&stream);
  return whole ? out : "broken";
}

TEST(Deflated, UnpacksToTheSameBytes) {
  std::string every;
  for (unsigned i = 0; i < 100'000; ++i) every += static_cast<char>((i * i >> 3) & 0xff);
  for (const std::string& bytes : {std::string(), std::string("a"), std::string(70'000, 'x'), every}) {
    EXPECT_EQ(inflated(deflated(bytes), bytes.size()), bytes) << bytes.size();
  }
}

TEST(Deflated, IsSmall) {
  EXPECT_LT(deflated(std::string(70'000, 'x')).size(), 200u);
}

}  // namespace
}  // namespace replay
