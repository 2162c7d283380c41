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

}  // namespace
}  // namespace harness
