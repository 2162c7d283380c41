#include "corpus/sequence.h"

#include <gtest/gtest.h>

#include "tests/support/session_builder.h"

namespace corpus {
namespace {

TEST(Sequence, ShowsBothDirectionsInOrderOfTime) {
  Session session = support::SessionBuilder()
                        .delivery(1000, 900'000, support::call_is(support::kCall, "incoming", "created"))
                        .request(250'000, 400'000, "POST",
                                 "/communications/calls/57dab8b1-894c-409a-b240-bd8beae78896/answer", "", 202)
                        .take();
  session.info.name = "incoming";
  session.exchanges[1].outcome = Failure{"timeout"};
  session.exchanges.emplace_back().number = 3;
  session.exchanges.back().sent = 1'000'000;
  session.exchanges.back().request.method = "GET";
  EXPECT_EQ(sequence_text(session),
            "incoming  \n"
            "  bot   \n"
            "  graph \n"
            "\n"
            "      time      #  bot  graph\n"
            "     0.001      1  ◀────  POST /api/calls: created /communications/calls/57dab8b1…, incoming\n"
            "     0.250      2  ────▶  POST /communications/calls/57dab8b1…/answer\n"
            "     0.400      2    ✗    failed: timeout\n"
            "     0.900      1  ╌╌╌╌▷  202\n"
            "     1.000      3  ◀────  GET \n"
            "  exchange 3 has no answer\n"
            "  the recording was cut off\n");
}

}  // namespace
}  // namespace corpus
