#include "corpus/ip_address.h"

#include <gtest/gtest.h>

namespace corpus {
namespace {

bool is_nobodys(std::string_view text) {
  return address_v4_at(text, 0).value().is_nobodys();
}

TEST(IpAddress, FourNumbersWithDots) {
  const auto address = address_v4_at("from 10.20.30.255:80", 5);
  ASSERT_TRUE(address);
  EXPECT_EQ(address->parts, (std::array<unsigned, 4>{10, 20, 30, 255}));
  EXPECT_EQ(address->end, 17U);
  for (const char* other : {"", "1", "1.2.3", "1.2.3.", "1.2.3.256", "1.2.3.04", "1..2.3", "1.2.3.4567", "a.b.c.d"}) {
    EXPECT_FALSE(address_v4_at(other, 0)) << other;
  }
}

TEST(IpAddress, WhatIsNobodysBeginsAndEnds) {
  for (const char* nobodys : {"0.1.2.3", "127.0.0.1", "169.254.1.1", "192.0.2.0", "198.18.0.0", "198.19.255.255",
                              "198.51.100.255", "203.0.113.7", "224.0.0.1", "255.255.255.255"}) {
    EXPECT_TRUE(is_nobodys(nobodys)) << nobodys;
  }
  for (const char* somebodys :
       {"1.0.0.1", "126.255.255.255", "128.0.0.1", "169.253.1.1", "192.0.3.0", "198.51.101.0", "203.0.112.7",
        "223.255.255.255", "10.0.0.1", "192.168.0.1", "198.17.255.255", "198.20.0.0"}) {
    EXPECT_FALSE(is_nobodys(somebodys)) << somebodys;
  }
}

TEST(IpAddress, TheNewerKind) {
  for (const char* address : {"2a00:1450::81b:200e", "1:2:3:4:5:6:7:1234", "fe80::1234"}) {
    EXPECT_TRUE(is_address_v6(address)) << address;
  }
  for (const char* other : {"10:20:30", "std::string", "1::2::345", "1:2:3:4:5:6:7:8:9:1234", "12345::1", ":123:4"}) {
    EXPECT_FALSE(is_address_v6(other)) << other;
  }
  EXPECT_TRUE(is_nobodys_v6("2001:DB8::1"));
  EXPECT_TRUE(is_nobodys_v6("ff02::1"));
  EXPECT_FALSE(is_nobodys_v6("2001:db9::1"));
}

}  // namespace
}  // namespace corpus
