// What callers of a forward proxy may ask for, and what they may not.
#include "harness/proxy_target.h"

#include <gmock/gmock.h>

#include "loopback.h"

namespace harness {
namespace {

using std::literals::string_literals::operator""s;

TEST(ProxyTarget, ConnectTakesHostAndPort) {
  EXPECT_EQ(parse_connect_target("graph.microsoft.com:443"), (HostPort{"graph.microsoft.com", 443}));
  EXPECT_EQ(parse_connect_target("Graph.Microsoft.COM.:443"), (HostPort{"graph.microsoft.com", 443}));
  EXPECT_EQ(parse_connect_target("127.0.0.1:65535"), (HostPort{"127.0.0.1", 65535}));
  EXPECT_EQ(parse_connect_target("[::1]:1"), (HostPort{"::1", 1}));
  EXPECT_EQ(parse_connect_target("[0:0::1]:1"), (HostPort{"::1", 1}));
  EXPECT_EQ(parse_connect_target("my_host:80"), (HostPort{"my_host", 80}));
}

TEST(ProxyTarget, ConnectRefusesWhatIsOdd) {
  for (const std::string& target : {"h"s,
                                    "h:"s,
                                    "h:0"s,
                                    "h:65536"s,
                                    "h:-1"s,
                                    "h:80x"s,
                                    ":443"s,
                                    ""s,
                                    "u@h:443"s,
                                    "u:p@h:443"s,
                                    "https://h:443"s,
                                    "h:443/path"s,
                                    "/path"s,
                                    "*"s,
                                    "[::1:443"s,
                                    "::1:443"s,
                                    "h\0.example:443"s,
                                    "h%00.example:443"s,
                                    "h\r:443"s,
                                    "h%0d%0a:443"s,
                                    "a b:443"s,
                                    ".:443"s,
                                    "..:443"s,
                                    "a..b:443"s,
                                    ".a:443"s,
                                    "-a:443"s,
                                    "h,DNS:x:443"s,
                                    std::string(300, 'a') + ":443"}) {
    EXPECT_FALSE(parse_connect_target(target)) << printable(target);
  }
}

TEST(ProxyTarget, AbsoluteFormTellsTheOrigin) {
  EXPECT_EQ(to_string(*parse_absolute_target("http://H.example/a?b#c")), "http://h.example");
  EXPECT_EQ(to_string(*parse_absolute_target("http://h:8080?q={}")), "http://h:8080");
  EXPECT_EQ(to_string(*parse_absolute_target("https://h:443")), "https://h");
  EXPECT_EQ(to_string(*parse_absolute_target("http://[::1]:80/")), "http://[::1]");
  for (const char* target :
       {"/path", "ftp://h/", "http://", "http:///x", "http://u@h/", "http://h:0/", "http://h%00/"}) {
    EXPECT_FALSE(parse_absolute_target(target)) << target;
  }
}

TEST(ProxyTarget, PathIsWhatIsLeft) {
  EXPECT_EQ(path_of("http://h/a?b"), "/a?b");
  EXPECT_EQ(path_of("http://h"), "/");
  EXPECT_EQ(path_of("http://h?b"), "/?b");
  EXPECT_EQ(path_of("/a?u=http://h/x"), "/a?u=http://h/x");
  EXPECT_EQ(path_of("*"), "*");
}

TEST(ProxyTarget, UpgradeIsWantedOnlyWithBothFields) {
  const auto upgrade = [](std::string connection, std::string to) {
    return wanted_upgrade(
        with(with(request("GET", "/"), "Connection", std::move(connection)), "Upgrade", std::move(to)));
  };
  EXPECT_EQ(upgrade("Upgrade", "websocket"), "websocket");
  EXPECT_EQ(upgrade("keep-alive, upgrade", "WebSocket"), "WebSocket");
  EXPECT_EQ(upgrade("keep-alive", "websocket"), "");
  EXPECT_EQ(upgrade("Upgrade, HTTP2-Settings", "h2c"), "");
  EXPECT_EQ(wanted_upgrade(request("GET", "/")), "");
}

TEST(ProxyTarget, LogsGetNothingButText) {
  EXPECT_EQ(printable("a\r\nb\0\x1b[31m\xff~"s + "c"), "a??b??[31m?~c");
  EXPECT_EQ(printable(std::string(1000, 'x')), std::string(200, 'x') + "...");
}

}  // namespace
}  // namespace harness
