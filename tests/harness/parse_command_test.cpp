// `rollcall parse` as a process: its lines, and what it leaves with.
#include "harness/parse_command.h"

#include <gmock/gmock.h>

#include <filesystem>

#include "tests/harness/test_certificates.h"
#include "tests/harness/test_process.h"

namespace harness {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

/// A payload in a file of its own.
class ParseCommand : public testing::Test {
 protected:
  std::string file(const std::string& name, const std::string& body) {
    return write_file(name, body);  // tests run beside each other
  }
};

TEST_F(ParseCommand, PrintsALineForAnOperation) {
  const std::string path = file(
      "operation.json",
      R"({"value":[{"changeType":"deleted","resource":"/app/calls/1/operations/2","resourceData":{"id":"2",)"
      R"("@odata.type":"#microsoft.graph.inviteParticipantsOperation","clientContext":"c","status":"completed"}}]})");
  const Ended ended = rollcall({"parse", path});
  EXPECT_EQ(ended.status, 0);
  EXPECT_EQ(ended.out,
            R"({"file":")" + path +
                R"(","notifications":[{"change":"deleted","resource":"/app/calls/1/operations/2","kind":"operation",)"
                R"("type":"#microsoft.graph.inviteParticipantsOperation","id":"2","status":"completed","state":null,)"
                R"("participants":null,"clientContext":"c"}],"warnings":[]})"
                "\n");
}

TEST_F(ParseCommand, CountsParticipantsAndSaysWhatWasOdd) {
  const Ended ended = rollcall({"parse", file("roster.json", R"({"resourceData":[{"info":{}},{"info":{}}]})")});
  EXPECT_EQ(ended.status, 0);
  EXPECT_THAT(ended.out,
              HasSubstr(R"("kind":"roster","type":null,"id":null,"status":null,"state":null,"participants":2)"));
  EXPECT_THAT(ended.out, HasSubstr(R"("warnings":["is a notification without an envelope"])"));
}

TEST_F(ParseCommand, RefusesWithPlaceAndGoesOn) {
  const std::string bad = file("bad.json", R"({"value":[{"resourceData":{"status":[]}}]})");
  const std::string good = file("good.json", R"({"value":[]})");
  const Ended ended = rollcall({"parse", bad, good});
  EXPECT_EQ(ended.status, 1);
  EXPECT_EQ(
      ended.out,
      R"({"file":")" + bad +
          R"(","error":{"what":"expected string, found array","pointer":"/value/0/resourceData/status","offset":36}})"
          "\n"
          R"({"file":")" +
          good +
          R"(","notifications":[],"warnings":[]})"
          "\n");
  EXPECT_THAT(ended.err, IsEmpty());
}

TEST_F(ParseCommand, LeavesWithTwoForWhatCannotBeRead) {
  for (const std::string& path : {std::string("/nowhere/payload.json"), testing::TempDir()}) {
    const Ended ended = rollcall({"parse", path, file("bad.json", "[]")});
    EXPECT_EQ(ended.status, 2) << path;
    EXPECT_THAT(ended.err, HasSubstr(path));
    EXPECT_THAT(ended.out, HasSubstr("expected object, found array"));
  }
  EXPECT_EQ(rollcall({"parse"}).status, 2);
}

}  // namespace
}  // namespace harness
