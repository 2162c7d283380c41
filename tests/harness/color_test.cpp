#include "harness/color.h"

#include <gtest/gtest.h>

#include <map>

namespace harness {
namespace {

bool wants(bool terminal, std::map<std::string, std::string> set, ColorMode mode = ColorMode::automatic) {
  return wants_color(mode, terminal, [&](const char* name) { return set[name]; });
}

TEST(Color, IsForTerminals) {
  EXPECT_TRUE(wants(true, {{"TERM", "xterm"}}));
  EXPECT_FALSE(wants(false, {{"TERM", "xterm"}}));
  EXPECT_FALSE(wants(true, {{"TERM", "dumb"}}));
  EXPECT_FALSE(wants(true, {})) << "nobody knows what kind it is";
}

TEST(Color, IsAsTheEnvironmentAsks) {
  EXPECT_FALSE(wants(true, {{"TERM", "xterm"}, {"NO_COLOR", "1"}}));
  EXPECT_TRUE(wants(false, {{"FORCE_COLOR", "1"}}));
  EXPECT_TRUE(wants(false, {{"CLICOLOR_FORCE", "1"}}));
  EXPECT_FALSE(wants(false, {{"FORCE_COLOR", "0"}, {"CLICOLOR_FORCE", "0"}}));
  EXPECT_FALSE(wants(true, {{"NO_COLOR", "1"}, {"FORCE_COLOR", "1"}})) << "who wants none is heard first";
}

TEST(Color, IsAsTheCommandLineSaysWhateverElse) {
  EXPECT_TRUE(wants(false, {{"NO_COLOR", "1"}}, ColorMode::always));
  EXPECT_FALSE(wants(true, {{"TERM", "xterm"}, {"FORCE_COLOR", "1"}}, ColorMode::never));
}

}  // namespace
}  // namespace harness
