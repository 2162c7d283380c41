#include "corpus/keyed_hash.h"

#include <gtest/gtest.h>

#include <span>
#include <string>

#include "corpus/ascii.h"

namespace {

std::string hex_of(const corpus::Digest& digest) {
  std::string hex;
  for (const unsigned char byte : digest) corpus::append_hex(hex, byte);
  return hex;
}

TEST(KeyedHash, IsHmacSha256) {
  const std::string key = "Jefe";  // RFC 4231, 4.3
  const corpus::KeyedHash hash(std::as_bytes(std::span(key)));
  const std::string expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
  EXPECT_EQ(hex_of(hash.of("what do ya want for nothing?")), expected);
  EXPECT_EQ(hex_of(hash.of("what do ya ", "want for nothing?")), expected);
  EXPECT_EQ(hex_of(hash.of("what do ya want for nothing?")), expected) << "again, with the same key";
}

}  // namespace
