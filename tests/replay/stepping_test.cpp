#include "replay/stepping.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/session_builder.h"

namespace replay {
namespace {

using corpus::Micros;
using support::call_is;
using support::kCall;
using support::kOther;
using support::SessionBuilder;
using testing::ElementsAre;
using testing::IsEmpty;

using Kind = Decision::Kind;

std::string answer_path() {
  return std::string("/communications/calls/") + kCall + "/answer";
}

// A call comes in, the bot answers it, it is established, it ends.
corpus::Session incoming_call() {
  return SessionBuilder()
      .delivery(100, 150, call_is(kCall, "incoming", "created"))
      .request(1000, 1200, "POST", answer_path(), "{}", 202)
      .delivery(2200, 2300, call_is(kCall, "established"))
      .delivery(3200, 3300, call_is(kCall, "terminated", "deleted"))
      .take();
}

// What came of an event, in words: "deliver 1 @100", "answer 7 @50", "wait 100", "finish", and behind them "held 3" and
// "still".
class Stepped {
 public:
  explicit Stepped(corpus::Session session, bool step = true) : session_(std::move(session)) {
    ScheduleOptions options;
    options.keep_ids = true;
    stepping_ = std::make_unique<Stepping>(session_, options, step);
  }

  std::vector<std::string> on(const Event& event, Micros now) { return words(stepping_->handle(event, now)); }
  std::vector<std::string> sent(std::size_t number, Micros now) { return on(DeliverySent{number - 1}, now); }
  std::vector<std::string> ended(std::size_t number, Micros now) { return on(DeliveryEnded{number - 1, {}}, now); }
  std::vector<std::string> asks(std::uint64_t token, Micros now) {
    corpus::Request request;
    request.method = "POST";
    request.target = answer_path();
    request.body = "{}";
    return on(BotAsked{token, std::move(request)}, now);
  }
  std::vector<std::string> decide(Kind kind, Micros now, std::optional<std::size_t> until = {}) {
    return words(stepping_->decide({kind, until}, now));
  }
  Stepping& stepping() { return *stepping_; }
  // Comes to the hold before exchange 3: exchange 1 has gone out, and the bot has been answered.
  void reach_the_second(Micros decided) {
    on(Tick{}, 100);
    decide(Kind::go, decided);
    sent(1, decided);
    ended(1, decided + 50);
    asks(7, decided + 900);
    on(Tick{}, decided + 1100);
    on(BotAnswered{7}, decided + 1100);
    on(Tick{}, decided + 2100);
  }

  corpus::Request delivered;
  std::optional<HandMark> mark;

 private:
  std::vector<std::string> words(std::vector<Action> actions) {
    std::vector<std::string> all;
    for (Action& action : actions) {
      if (auto* delivery = std::get_if<Deliver>(&action)) {
        delivered = delivery->request;
        mark = delivery->by_hand;
        all.push_back(delivery->exchange == kRepeated
                          ? fmt::format("repeat @{}", delivery->due)
                          : fmt::format("deliver {} @{}", delivery->exchange + 1, delivery->due));
      }
      if (const auto* answer = std::get_if<Answer>(&action)) {
        all.push_back(fmt::format("answer {} @{}", answer->token, answer->due));
      }
      if (const auto* wait = std::get_if<WaitUntil>(&action)) all.push_back(fmt::format("wait {}", wait->time));
      if (std::holds_alternative<Finish>(action)) all.push_back("finish");
    }
    if (const Deliver* held = stepping_->held()) all.push_back(fmt::format("held {}", held->exchange + 1));
    if (stepping_->stands_still()) all.push_back("still");
    return all;
  }

  corpus::Session session_;
  std::unique_ptr<Stepping> stepping_;
};

TEST(Stepping, HoldsNothingUnlessAskedTo) {
  Stepped play(incoming_call(), false);
  EXPECT_THAT(play.on(Tick{}, 0), ElementsAre("wait 100"));
  EXPECT_THAT(play.on(Tick{}, 100), ElementsAre("deliver 1 @100"));
}

TEST(Stepping, HoldsADeliveryOnceItIsDueAndTimeStandsStill) {
  Stepped play(incoming_call());
  EXPECT_THAT(play.on(Tick{}, 0), ElementsAre("wait 100"));
  EXPECT_THAT(play.on(Tick{}, 100), ElementsAre("held 1", "still"));
  EXPECT_THAT(play.decide(Kind::go, 100), ElementsAre("deliver 1 @100"));
}

TEST(Stepping, IsNotLate) {
  Stepped play(incoming_call());
  play.on(Tick{}, 100);
  EXPECT_THAT(play.decide(Kind::go, 9000), ElementsAre("deliver 1 @9000"));
}

TEST(Stepping, CountsWhatFollowsFromTheDecision) {
  Stepped play(SessionBuilder()
                   .delivery(0, 10, call_is(kCall, "establishing"))
                   .delivery(500, 510, call_is(kCall, "established"))
                   .take());
  play.on(Tick{}, 0);
  play.decide(Kind::go, 7000);
  play.sent(1, 7100);
  EXPECT_THAT(play.ended(1, 7110), ElementsAre("wait 7500"));
}

TEST(Stepping, AnswersTheBotWhileADeliveryIsHeld) {
  corpus::Session session = SessionBuilder()
                                .delivery(0, 50, call_is(kCall, "incoming", "created"))
                                .request(1000, 1200, "POST", answer_path(), "{}", 202)
                                .delivery(1200, 1300, call_is(kOther, "incoming", "created"))
                                .take();
  Stepped play(std::move(session));
  play.on(Tick{}, 0);
  play.decide(Kind::go, 0);
  play.sent(1, 0);
  play.ended(1, 50);
  EXPECT_THAT(play.on(Tick{}, 1200), ElementsAre("held 3", "still"));
  EXPECT_THAT(play.asks(7, 1200), ElementsAre("wait 1400", "held 3")) << "time goes on for the answer";
  EXPECT_THAT(play.on(Tick{}, 1400), ElementsAre("answer 7 @1400", "held 3"));
  EXPECT_THAT(play.on(BotAnswered{7}, 1400), ElementsAre("held 3", "still"));
}

TEST(Stepping, LetsTimeGoOnUntilTheBotHasAcknowledged) {
  Stepped play(SessionBuilder()
                   .delivery(0, 900, call_is(kCall, "establishing"))
                   .delivery(500, 600, call_is(kCall, "established"))
                   .take());
  play.on(Tick{}, 0);
  play.decide(Kind::go, 0);
  play.sent(1, 0);
  EXPECT_THAT(play.on(Tick{}, 500), ElementsAre("held 2"));
  EXPECT_THAT(play.ended(1, 800), ElementsAre("held 2", "still"));
}

TEST(Stepping, KeepsTheBotWaitingForAnAnswerThatADeliveryPrecedes) {
  corpus::Session session = SessionBuilder()
                                .delivery(0, 50, call_is(kCall, "incoming", "created"))
                                .request(1000, 1200, "POST", answer_path(), "{}", 202)
                                .delivery(1100, 1150, call_is(kCall, "establishing"))
                                .take();
  Stepped play(std::move(session));
  play.on(Tick{}, 0);
  play.decide(Kind::go, 0);
  play.sent(1, 0);
  play.ended(1, 50);
  play.asks(7, 1000);
  EXPECT_THAT(play.on(Tick{}, 1100), ElementsAre("wait 1200", "held 3"));
  EXPECT_THAT(play.on(Tick{}, 1200), ElementsAre("held 3", "still")) << "the answer waits for the decision";
  EXPECT_THAT(play.decide(Kind::go, 1200), ElementsAre("deliver 3 @1200"));
  EXPECT_THAT(play.sent(3, 1201), ElementsAre("answer 7 @1201"));
}

TEST(Stepping, HoldsOneAfterTheOther) {
  Stepped play(SessionBuilder()
                   .delivery(0, 10, call_is(kCall, "incoming", "created"))
                   .delivery(0, 10, call_is(kOther, "incoming", "created"))
                   .take());
  EXPECT_THAT(play.on(Tick{}, 0), ElementsAre("held 1", "still"));
  EXPECT_THAT(play.decide(Kind::go, 0), ElementsAre("deliver 1 @0", "held 2"));
  EXPECT_THAT(play.decide(Kind::go, 5), ElementsAre("deliver 2 @5"));
}

TEST(Stepping, SkipsADeliveryAndGoesOnAsIfItHadBeenSent) {
  Stepped play(incoming_call());
  play.reach_the_second(0);
  EXPECT_EQ(play.stepping().held()->exchange, 2u);
  EXPECT_THAT(play.decide(Kind::skip, 5000), ElementsAre("wait 6000"));
  EXPECT_THAT(play.on(Tick{}, 6000), ElementsAre("held 4", "still"));
  EXPECT_EQ(play.stepping().passed(), (std::vector<bool>{true, false, true, false}));
}

TEST(Stepping, RepeatsADeliveryAndStopsBeforeItAgain) {
  Stepped play(incoming_call());
  play.reach_the_second(0);
  EXPECT_THAT(play.decide(Kind::repeat, 5000), ElementsAre("repeat @5000", "held 3"));
  EXPECT_THAT(play.on(DeliverySent{kRepeated}, 5001), ElementsAre("held 3"));
  EXPECT_THAT(play.on(DeliveryEnded{kRepeated, {}}, 5002), ElementsAre("held 3", "still"));
  EXPECT_THAT(play.decide(Kind::go, 5002), ElementsAre("deliver 3 @5002"));
  EXPECT_THAT(play.sent(3, 5002), IsEmpty()) << "the one that follows waits for its answer";
  EXPECT_THAT(play.ended(3, 5003), ElementsAre("wait 6002"));
}

TEST(Stepping, SendsWhatItWasEditedTo) {
  Stepped play(incoming_call());
  play.on(Tick{}, 100);
  play.stepping().edit("{\"value\":[]}");
  EXPECT_EQ(play.stepping().held()->request.body, "{\"value\":[]}");
  play.decide(Kind::go, 100);
  EXPECT_EQ(play.delivered.body, "{\"value\":[]}");
}

TEST(Stepping, RunsToTheExchangeThatWasNamed) {
  Stepped play(incoming_call());
  play.on(Tick{}, 100);
  EXPECT_THAT(play.decide(Kind::run, 100, 3), ElementsAre("deliver 1 @100"));
  play.sent(1, 100);
  play.ended(1, 150);
  play.asks(7, 1000);
  play.on(Tick{}, 1200);
  play.on(BotAnswered{7}, 1200);
  EXPECT_THAT(play.on(Tick{}, 2200), ElementsAre("deliver 3 @2200"));
  play.sent(3, 2200);
  play.ended(3, 2300);
  EXPECT_THAT(play.on(Tick{}, 3200), ElementsAre("held 4", "still"));
}

TEST(Stepping, RunsToTheEndWithWhatWasHeldBehind) {
  Stepped play(SessionBuilder()
                   .delivery(0, 10, call_is(kCall, "incoming", "created"))
                   .delivery(5, 10, call_is(kOther, "incoming", "created"))
                   .take());
  play.on(Tick{}, 20);
  EXPECT_THAT(play.decide(Kind::run, 30), ElementsAre("deliver 1 @30", "deliver 2 @30"));
}

TEST(Stepping, EndsWhenItIsQuit) {
  Stepped play(incoming_call());
  play.on(Tick{}, 100);
  EXPECT_THAT(play.decide(Kind::quit, 100), ElementsAre("finish"));
  EXPECT_THAT(play.on(Tick{}, 200), IsEmpty());
}

TEST(Stepping, StopsAtTheOneThatIsHeldIfItIsToRunThere) {
  Stepped play(incoming_call());
  play.reach_the_second(0);
  EXPECT_THAT(play.decide(Kind::run, 5000, 2), ElementsAre("held 3", "still"));
  EXPECT_THAT(play.decide(Kind::go, 5000), ElementsAre("deliver 3 @5000"));
}

TEST(Stepping, KnowsWhatADeliveryStillWaitsFor) {
  Stepped play(incoming_call());
  play.on(Tick{}, 100);
  const auto waits = [&] {
    std::vector<std::size_t> exchanges;
    for (const Cause& cause : play.stepping().waits_for(2)) exchanges.push_back(cause.exchange + 1);
    return exchanges;
  };
  EXPECT_THAT(waits(), testing::Contains(2u)) << "the bot's answer to the call";
  play.decide(Kind::go, 100);
  play.sent(1, 100);
  play.ended(1, 150);
  EXPECT_THAT(waits(), ElementsAre(2u));
  play.asks(7, 1000);
  play.on(Tick{}, 1200);
  EXPECT_THAT(waits(), ElementsAre(2u)) << "asked, and not answered";
  play.on(BotAnswered{7}, 1200);
  EXPECT_THAT(waits(), IsEmpty());
}

TEST(Stepping, TellsWhatWasDoneByHand) {
  Stepped play(incoming_call());
  play.on(Tick{}, 100);
  play.stepping().edit("{}");
  play.decide(Kind::repeat, 100);
  EXPECT_EQ(play.mark, (HandMark{1, {.skipped = false, .edited = true, .repeated = true}}));
  play.decide(Kind::go, 100);
  EXPECT_EQ(play.mark, (HandMark{1, {.skipped = false, .edited = true, .repeated = false}}));
  EXPECT_EQ(play.stepping().changes().edited.at(0).body, "{}");
  play.sent(1, 100);
  play.ended(1, 150);
  play.asks(7, 1000);
  play.on(Tick{}, 1200);
  play.on(BotAnswered{7}, 1200);
  play.on(Tick{}, 2200);
  play.decide(Kind::skip, 2200);
  EXPECT_EQ(play.stepping().changes().done.at(2), ByHand{.skipped = true});
  play.on(Tick{}, 3200);
  play.decide(Kind::quit, 3200);
  EXPECT_EQ(play.stepping().note(), (HandNote{{3}, 4}));
}

TEST(Stepping, TakesAnEditBack) {
  Stepped play(incoming_call());
  play.on(Tick{}, 100);
  const std::string before = play.stepping().held()->request.body;
  play.stepping().edit("{}");
  play.stepping().edit(before);
  play.decide(Kind::go, 100);
  EXPECT_FALSE(play.mark);
  EXPECT_FALSE(play.stepping().changes().done.at(0).any());
  EXPECT_THAT(play.stepping().changes().edited, IsEmpty());
}

}  // namespace
}  // namespace replay
