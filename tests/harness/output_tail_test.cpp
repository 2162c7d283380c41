#include "harness/output_tail.h"

#include <gmock/gmock.h>

namespace harness {
namespace {

using testing::ElementsAre;

TEST(OutputTail, KeepsTheLastLinesHoweverTheyAreCut) {
  OutputTail tail(2);
  for (const char* piece : {"on", "e\ntwo\r\nth", "ree\n", "half"}) tail.add(piece);
  EXPECT_THAT(tail.lines(), ElementsAre("three", "half"));
}

TEST(OutputTail, CutsALineThatNeverEnds) {
  OutputTail tail(2);
  for (int i = 0; i < 100; ++i) tail.add(std::string(100, 'x'));
  tail.add("\nend\n");
  EXPECT_THAT(tail.lines(), ElementsAre(std::string(OutputTail::kLongestLine, 'x'), "end"));
}

TEST(OutputTail, KeepsEmptyLines) {
  OutputTail tail(9);
  tail.add("\n\na\n");
  EXPECT_THAT(tail.lines(), ElementsAre("", "", "a"));
}

TEST(PlaceOfDeath, IsTheLineThatNamesIt) {
  const std::string summary = "SUMMARY: AddressSanitizer: heap-use-after-free bot.cpp:12 in hang_up";
  EXPECT_EQ(place_of_death({"==1==ERROR", summary, "==1==ABORTING"}), summary);
  EXPECT_EQ(place_of_death({"bot: calls.cpp:7: void end(): Assertion `open' failed."}),
            "bot: calls.cpp:7: void end(): Assertion `open' failed.");
  EXPECT_EQ(place_of_death({"terminate called after throwing an instance of 'std::out_of_range'", "  what():  at"}),
            "terminate called after throwing an instance of 'std::out_of_range'");
  EXPECT_EQ(place_of_death({"listening", "Killed"}), "");
}

TEST(PlaceOfDeath, PrefersTheSanitizersSummary) {
  EXPECT_EQ(place_of_death({"terminate called without an active exception", "SUMMARY: UBSan: a.cpp:1"}),
            "SUMMARY: UBSan: a.cpp:1");
}

}  // namespace
}  // namespace harness
