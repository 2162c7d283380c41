#include "corpus/compression.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include "corpus/content_coding.h"
#include "tests/support/compressed.h"

namespace corpus {
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

TEST(Compressed, UnpacksToTheSameBytes) {
  std::string every;
  for (unsigned i = 0; i < 100'000; ++i) every += static_cast<char>((i * i >> 3) & 0xff);
  for (const std::string& bytes : {std::string(), std::string("a"), std::string(70'000, 'x'), every}) {
    EXPECT_EQ(inflated(compressed(bytes, Container::none), bytes.size()), bytes) << bytes.size();
    EXPECT_EQ(decoded_body({{"Content-Encoding", "gzip"}}, compressed(bytes, Container::gzip)), bytes) << bytes.size();
  }
}

TEST(Compressed, IsSmall) {
  EXPECT_LT(compressed(std::string(70'000, 'x'), Container::none).size(), 200u);
}

}  // namespace
}  // namespace corpus
