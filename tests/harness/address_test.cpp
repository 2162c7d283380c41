#include "harness/address.h"

#include <gmock/gmock.h>

namespace harness {
namespace {

using testing::HasSubstr;

TEST(Address, HostAndPort) {
  EXPECT_EQ(parse_host_port("127.0.0.1:0"), (HostPort{"127.0.0.1", 0}));
  EXPECT_EQ(parse_host_port("localhost:65535"), (HostPort{"localhost", 65535}));
  EXPECT_EQ(parse_host_port("[::1]:80"), (HostPort{"::1", 80}));
  EXPECT_EQ(to_string(HostPort{"::1", 80}), "[::1]:80");
}

TEST(Address, RefusesWhatIsNoHostAndPort) {
  for (const char* text :
       {"", ":", "80", ":80", "host", "host:", "host:x", "a@host:80", "host:80/x", "::1:80x", "a b:1"}) {
    const auto parsed = parse_host_port(text);
    ASSERT_FALSE(parsed) << text;
    EXPECT_THAT(parsed.error().what, HasSubstr("is not HOST:PORT"));
  }
  for (const char* text : {"host:65536", "host:99999", "host:99999999999999999999"}) {
    EXPECT_THAT(parse_host_port(text).error().what, HasSubstr("65535")) << text;
  }
}

TEST(Address, UrlWithSchemePort) {
  const Url url = *parse_url("https://graph.microsoft.com");
  EXPECT_TRUE(url.tls);
  EXPECT_EQ(url.host, "graph.microsoft.com");
  EXPECT_EQ(url.port, 443);
  EXPECT_EQ(url.authority, "graph.microsoft.com");
  EXPECT_EQ(url.path, "");
  EXPECT_EQ(parse_url("http://h:80")->authority, "h");
  EXPECT_EQ(parse_url("https://h:80")->authority, "h:80");
}

TEST(Address, UrlWithPortAndPath) {
  const Url url = *parse_url("http://[::1]:3978/bots/one/");
  EXPECT_FALSE(url.tls);
  EXPECT_EQ(url.host, "::1");
  EXPECT_EQ(url.port, 3978);
  EXPECT_EQ(url.authority, "[::1]:3978");
  EXPECT_EQ(url.path, "/bots/one");
  EXPECT_EQ(to_string(url), "http://[::1]:3978/bots/one");
}

TEST(Address, RefusesWhatIsNoBaseUrl) {
  for (const char* text : {"", "127.0.0.1:3978", "localhost", "/path", "ftp://h", "http://", "http:///x", "http://h:x",
                           "http://h:80x/y", "http://a b"}) {
    const auto parsed = parse_url(text);
    ASSERT_FALSE(parsed) << text;
    EXPECT_THAT(parsed.error().what, HasSubstr("is not an http:// or https:// URL"));
  }
  EXPECT_THAT(parse_url("http://h?x=1").error().what, HasSubstr("query"));
  EXPECT_THAT(parse_url("http://h/#x").error().what, HasSubstr("fragment"));
  EXPECT_THAT(parse_url("http://me:secret@h").error().what, HasSubstr("user name"));
  EXPECT_THAT(parse_url("http://h:65536").error().what, HasSubstr("between 1 and 65535"));
  EXPECT_THAT(parse_url("http://h:0").error().what, HasSubstr("between 1 and 65535"));
}

TEST(Address, RefusalDoesNotRepeatAPassword) {
  EXPECT_THAT(parse_url("http://me:secret@h").error().what, testing::Not(HasSubstr("secret")));
}

}  // namespace
}  // namespace harness
