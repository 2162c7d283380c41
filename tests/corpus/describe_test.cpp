#include "corpus/describe.h"

#include <gtest/gtest.h>

namespace corpus {
namespace {

Request post(std::string body) {
  return {"POST", "/api/calls", {}, std::move(body), {}};
}

TEST(Describer, SaysWhatANotificationSays) {
  Describer describer;
  EXPECT_EQ(
      describer.request(post(
          R"({"value":[{"changeType":"updated","resourceUrl":"/communications/calls/57dab8b1-894c-409a-b240-bd8beae78896","resourceData":{"state":"established"}}]})")),
      "POST /api/calls: updated /communications/calls/57dab8b1…, established");
  EXPECT_EQ(
      describer.request(post(
          R"({"value":[{"changeType":"updated","resource":"/app/calls/1/participants","resourceData":[{},{}]},{"changeType":"deleted","resource":"/x","resourceData":{"status":"failed"}}]})")),
      "POST /api/calls: updated /app/calls/1/participants, 2 entries; deleted /x, failed");
}

TEST(Describer, SaysTheRequestLineOfAnythingElse) {
  Describer describer;
  EXPECT_EQ(describer.request(post(R"({"value":[1,2]})")), "POST /api/calls");
  EXPECT_EQ(describer.request(post("no json")), "POST /api/calls");
}

TEST(Describer, SaysWhatBecameOfARequest) {
  Describer describer;
  EXPECT_EQ(describer.outcome(Response{200, {}, R"({"status":"Running"})", {}}), "200 Running");
  EXPECT_EQ(describer.outcome(Response{202, {}, "", {}}), "202");
  EXPECT_EQ(describer.outcome(Failure{"timeout"}), "failed: timeout");
  EXPECT_EQ(describer.outcome({}), "no answer");
}

TEST(Printable, ShowsNothingThatATerminalWouldObey) {
  EXPECT_EQ(printable("a\x1b[31m\n\xff"), "a\\x1b[31m\\x0a\\xff");
  EXPECT_EQ(printable("grüße"), "grüße");
  EXPECT_EQ(printable("\xc2\x9b"
                      "2J\x7f"),
            "\\xc2\\x9b"
            "2J\\x7f")
      << "CSI in one character";
  EXPECT_EQ(printable("\xe2\x80\xae"
                      "fdp.exe\xe2\x81\xa9\xe2\x80\xa8"),
            "\\xe2\\x80\\xae"
            "fdp.exe\\xe2\\x81\\xa9\\xe2\\x80\\xa8");
  EXPECT_EQ(printable("“\xc2\xa0…”"), "“\xc2\xa0…”");
  EXPECT_EQ(printable("\xef\xbb\xbf{}"), "\\xef\\xbb\\xbf{}") << "what nobody would see";
  EXPECT_EQ(printable("a\xe2\x80\x8b\xc2\xad"), "a\\xe2\\x80\\x8b\\xc2\\xad");
}

TEST(Printable, CutsBetweenCharacters) {
  EXPECT_EQ(printable("abc", 2), "ab…");
  EXPECT_EQ(printable("aé", 2), "a…");
}

}  // namespace
}  // namespace corpus
