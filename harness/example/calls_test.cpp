// Each recording is a test: Recorded/Calls.GoAsRecorded/first_call.
#include "rollcall/gtest.h"

namespace {

class Calls : public testing::TestWithParam<rollcall::SessionFile> {};

TEST_P(Calls, GoAsRecorded) {
  rollcall::Replay replay;
  replay.exec = BOT;
  replay.asap = true;
  replay.settle = std::chrono::milliseconds(200);
  replay.patience = std::chrono::seconds(2);
  replay.lateness_budget.reset();
  EXPECT_REPLAYS(GetParam(), replay);
}

INSTANTIATE_TEST_SUITE_P(Recorded, Calls, testing::ValuesIn(rollcall::sessions(SESSIONS)), rollcall::name_of);

}  // namespace
