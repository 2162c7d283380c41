#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "corpus/origin.h"
#include "tests/replay/verdict_call.h"

namespace replay {
namespace {

using corpus::Session;
using support::SessionBuilder;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// The invite follows at once when the call is established.
Session recorded_at_once() {
  Session session = recorded();
  session.exchanges[3].sent = 305;
  return session;
}

// The live bot invites before it is told that the call is established.
Session live_asked_first(corpus::Micros invited) {
  Session session = live();
  std::swap(session.exchanges[2], session.exchanges[3]);
  session.exchanges[2].sent = invited;
  session.exchanges[3].sent = 350;
  session.exchanges[3].ended = 360;
  return session;
}

TEST(VerdictOrder, NamesARequestThatOvertookAnother) {
  const Session then = SessionBuilder()
                           .request(0, 10, "POST", path("/mute"))
                           .request(20, 30, "POST", path("/unmute"))
                           .request(100, 200, "POST", path("/playPrompt"))
                           .request(110, 190, "POST", path("/subscribeToTone"))
                           .take();
  const Session now = SessionBuilder()
                          .request(0, 10, "POST", path("/unmute"))
                          .request(20, 30, "POST", path("/mute"))
                          .request(100, 200, "POST", path("/subscribeToTone"))
                          .request(110, 190, "POST", path("/playPrompt"))
                          .take();
  const Verdict verdict = judge(then, now);
  ASSERT_THAT(kinds(verdict), ElementsAre("request out of order"))
      << "the last two were under way at once in the recording";
  EXPECT_THAT(verdict.findings[0].change, HasSubstr("came before exchange 1"));
}

TEST(VerdictOrder, NamesAllThatARequestOvertookButThoseThatNeverCame) {
  const Session then = SessionBuilder()
                           .request(0, 10, "POST", path("/mute"))
                           .request(20, 30, "POST", path("/unmute"))
                           .request(40, 50, "POST", path("/playPrompt"))
                           .request(60, 70, "POST", path("/subscribeToTone"))
                           .take();
  const Session now = SessionBuilder()
                          .request(0, 10, "POST", path("/subscribeToTone"))
                          .request(20, 30, "POST", path("/unmute"))
                          .request(40, 50, "POST", path("/playPrompt"))
                          .take();
  const Verdict verdict = judge(then, now);
  ASSERT_THAT(kinds(verdict), ElementsAre("request out of order", "missing request"));
  EXPECT_THAT(verdict.findings[0].change, HasSubstr("came before exchange 2, POST "));
  EXPECT_THAT(notes(verdict.findings[0]), HasSubstr("and before exchange 3, POST "));
}

TEST(VerdictOrder, NamesARequestThatCameBeforeWhatItAnswersTo) {
  const Session session = live_asked_first(230);
  EXPECT_THAT(kinds(judge(recorded_at_once(), session)), ElementsAre("request out of order"));
  EXPECT_THAT(headlines(recorded_at_once(), session),
              ElementsAre(HasSubstr("/participants/invite: came before exchange 3, POST /api/calls: updated "
                                    "/communications/calls/57dab8b1…, established, which it answers to in the "
                                    "recording; after exchange 2 of the live run, POST ")));
}

TEST(VerdictOrder, TakesNothingForAnAnswerThatMayBeAnotherOnes) {
  const Session session = live_asked_first(230);
  EXPECT_THAT(kinds(judge(recorded(), session)), IsEmpty()) << "it may answer to what came 200 µs before, too";
}

TEST(VerdictOrder, LetsABotGoByItsOwnClock) {
  const Session session = live_asked_first(305);  // as long after its answer as in the recording: the player was slow
  EXPECT_THAT(kinds(judge(recorded_at_once(), session)), IsEmpty());
}

TEST(VerdictOrder, TakesNothingForAnAnswerToWhatWasSaidTwice) {
  const auto told_twice = [](corpus::Micros invited, corpus::Micros told_again) {
    return SessionBuilder()
        .delivery(0, 10, support::call_is(support::kCall, "incoming", "created"))
        .request(100, 200, "POST", path("/answer"), R"({"acceptedModalities":["audio"]})", 202)
        .delivery(220, 225, support::call_is(support::kCall, "established"))
        .delivery(told_again, told_again + 5, support::call_is(support::kCall, "established"))
        .request(invited, 500, "POST", path("/participants/invite"), R"({"clientContext":"context"})", 202)
        .take();
  };
  EXPECT_THAT(kinds(judge(told_twice(305, 300), told_twice(230, 300))), IsEmpty());
}

TEST(VerdictOrder, TakesNothingFromTheTimesOfAMutatedSession) {
  const Session session = live_asked_first(230);
  Session recorded = recorded_at_once();
  recorded.info.origin = corpus::kMutatedOrigin;
  EXPECT_THAT(kinds(judge(recorded, session)), IsEmpty());
}

TEST(VerdictOrder, NamesAnAnswerToACallThatHadNotComeYet) {
  Session session = live();
  session.exchanges[0].sent = 150;
  session.exchanges[0].ended = 160;
  EXPECT_THAT(headlines(recorded(), session),
              ElementsAre(HasSubstr("/answer: came before exchange 1, POST /api/calls")));
}

}  // namespace
}  // namespace replay
