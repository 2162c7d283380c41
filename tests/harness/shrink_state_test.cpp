#include "harness/fuzzing/shrink_state.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

namespace harness {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class ShrinkState : public testing::Test {
 protected:
  ShrinkState()
      : folder_(std::filesystem::path(testing::TempDir()) /
                testing::UnitTest::GetInstance()->current_test_info()->name()) {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    verdicts_ = *fuzz::parse_verdicts("");
  }
  ~ShrinkState() override { std::filesystem::remove_all(folder_); }

  std::string path(const char* name) const { return (folder_ / name).string(); }
  void write(const char* name, const char* text) const { std::ofstream(path(name)) << text; }

  std::filesystem::path folder_;
  fuzz::ShrinkVerdicts verdicts_;
};

TEST_F(ShrinkState, IsKnownForTheSameFindingAndBot) {
  const ShrinkSubject subject{"died: x", " --exec ./bot"};
  ASSERT_TRUE(keep_verdicts(path("state"), subject, verdicts_));
  const auto known = known_verdicts(path("state"), subject);
  ASSERT_TRUE(known);
  EXPECT_TRUE(known->has_value());
}

TEST_F(ShrinkState, IsNotAboutAnotherBot) {
  ASSERT_TRUE(keep_verdicts(path("state"), {"died: x", " --exec ./bot"}, verdicts_));
  const auto known = known_verdicts(path("state"), {"died: x", " --exec './bot --better'"});
  ASSERT_TRUE(known);
  EXPECT_FALSE(known->has_value());
}

TEST_F(ShrinkState, AboutAnotherFindingIsAFault) {
  ASSERT_TRUE(keep_verdicts(path("state"), {"died: x", "b"}, verdicts_));
  EXPECT_FALSE(known_verdicts(path("state"), {"died: y", "b"}));
  write("state", "{}");
  EXPECT_FALSE(known_verdicts(path("state"), {"died: x", "b"}));
}

TEST_F(ShrinkState, WithoutAFileNothingIsKnown) {
  const auto known = known_verdicts(path("none"), {"died: x", "b"});
  ASSERT_TRUE(known);
  EXPECT_TRUE(known->has_value());
}

// Built anew, under the same name.
TEST_F(ShrinkState, NamesTheFilesOfACommandAsTheyAre) {
  write("bot", "one");
  const std::string command = "exec '" + path("bot") + "' --port {port}";
  const std::string before = with_files(command);
  EXPECT_THAT(before, StartsWith(command));
  EXPECT_THAT(before, HasSubstr(" " + path("bot") + ":3:"));
  EXPECT_EQ(with_files(command), before);
  write("bot", "other");
  EXPECT_NE(with_files(command), before);
  EXPECT_EQ(with_files("node {port}"), "node {port}");
}

}  // namespace
}  // namespace harness
