// What a recording says reaches a terminal as text, whichever command prints it.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "tests/harness/test_process.h"

namespace harness {
namespace {

using testing::HasSubstr;

// A window title, a cleared screen, both kinds of CSI, a line of its own and text turned round, as JSON spells them.
constexpr const char* kHostile = R"(\u001b]0;title\u0007\u001b[2J\u009b31m\r\u007f\u202eABC)";

bool obeyed(unsigned char letter) {
  return (letter < 0x20 && letter != '\n') || letter == 0x7f;
}

void expect_text(const std::string& text) {
  EXPECT_TRUE(std::ranges::none_of(text, [](char letter) { return obeyed(static_cast<unsigned char>(letter)); }))
      << text;
  EXPECT_EQ(text.find("\xc2\x9b"), std::string::npos) << text;
  EXPECT_EQ(text.find("\xe2\x80\xae"), std::string::npos) << text;
}

class EscapesTest : public testing::Test {
 protected:
  EscapesTest() {
    folder_ = testing::TempDir() + "escapesXXXXXX";
    EXPECT_NE(mkdtemp(folder_.data()), nullptr);
    recorded_ = folder_ + "/\x1b[2J\xc2\x9b.session.jsonl";
    live_ = folder_ + "/live.session.jsonl";
    std::ofstream(recorded_) << session("recorded");
    std::ofstream(live_) << session("live");
  }
  ~EscapesTest() override { std::filesystem::remove_all(folder_); }

  // Hostile in each place that is printed; a line of it is damaged.
  static std::string session(const std::string& value) {
    const std::string h = kHostile;
    return R"({"rollcall":1,"name":")" + h + R"(","started":")" + h + R"(","bot":")" + h + R"(","graph":")" + h +
           R"(","origin":")" + h + "\"}\n" +  //
           R"({"x":1,"t":0,"leg":"graph","request":{"method":"POST)" + h + R"(","target":"/communications/calls/)" + h +
           R"(","headers":[[")" + h + "\",\"" + h + R"("]],"json":{"clientContext":")" + h + R"(","x":")" + h + value +
           "\",\"" + h + "\":\"" + value + "\"}}}\n" +  //
           R"({"x":1,"t":5,"failure":")" + h + value + "\"}\n" +
           R"({"x":2,"t":7,"leg":"webhook","request":{"method":"POST","target":"/)" + h +
           R"(","headers":[],"json":{"value":[{"changeType":")" + h + R"(","resource":")" + h + R"("}]}}})" + "\n" +
           R"({"x":2,"t":9,"response":{"status":202,"headers":[],"json":{"status":")" + h + value + "\"}}}\n" +
           "{\"x\":3,\x1b[2J\n";
  }

  std::string folder_;
  std::string recorded_;
  std::string live_;
};

TEST_F(EscapesTest, NothingIsObeyedByATerminal) {
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"judge", recorded_, live_, "--color", "never"},
        {"corpus", "list", folder_},
        {"corpus", "show", recorded_},
        {"corpus", "verify", recorded_},
        {"judge", recorded_, folder_ + "/\x1b[2J"},
        {"judge", recorded_, live_, "--\x1b[2J"},
        {"replay", recorded_, "--bot", "\x1b[2J"}}) {
    const Ended ended = rollcall(arguments);
    expect_text(ended.out);
    expect_text(ended.err);
    EXPECT_NE(ended.out + ended.err, "");
  }
}

TEST_F(EscapesTest, ColorIsPrintedOnlyIfAskedFor) {
  const Ended piped = rollcall({"judge", recorded_, live_});
  EXPECT_THAT(piped.out, HasSubstr("different: "));
  expect_text(piped.out);
  EXPECT_THAT(rollcall({"judge", recorded_, live_, "--color", "always"}).out,
              HasSubstr("\x1b[1;31mdifferent\x1b[0m: "));
  const Ended wrong = rollcall({"judge", recorded_, live_, "--color", "sometimes"});
  EXPECT_EQ(wrong.status, 2);
  EXPECT_THAT(wrong.err, HasSubstr("--color sometimes: is not auto, always or never"));
}

}  // namespace
}  // namespace harness
