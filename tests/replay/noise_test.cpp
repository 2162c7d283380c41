#include "replay/noise.h"

#include <gmock/gmock.h>

#include "replay/noise_file.h"
#include "replay/noise_learning.h"
#include "tests/support/compressed.h"
#include "tests/support/session_builder.h"

namespace replay {
namespace {

using corpus::Session;
using support::call_is;
using support::kCall;
using support::SessionBuilder;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const std::string kPath = std::string("/communications/calls/") + kCall;

// A call in which the bot says something, with a priority, when it is established.
Session saying(const std::string& note, const std::string& rest = "") {
  return SessionBuilder()
      .delivery(0, 10, call_is(kCall, "established"))
      .request(20, 30, "POST", kPath + "/say", R"({"note":)" + note + rest + "}")
      .delivery(40, 50, call_is(kCall, "terminated", "deleted"))
      .take();
}

std::vector<Session> five(const std::vector<std::string>& notes) {
  std::vector<Session> runs;
  for (const std::string& note : notes) runs.push_back(saying(note));
  return runs;
}

const std::vector<std::string> kTokens = {R"("a1b2c3d4")", R"("00ff9912")", R"("7e7e1204")", R"("c0ffee11")",
                                          R"("5ca1ab1e")"};

Verdict judged(const Session& recorded, const Session& live, const NoiseRecord& record) {
  const Noise noise(record, recorded);
  JudgeOptions options;
  options.noise = &noise;
  return judge(recorded, live, options);
}

TEST(Noise, WhatVariedIsSuppressedAndSaysWhy) {
  const Session recorded = saying(R"("12345678")");
  const Learnt learnt = learn_noise(recorded, five(kTokens), {}, {});
  ASSERT_THAT(learnt.record.places, SizeIs(1));
  EXPECT_EQ(learnt.record.places[0].request, "POST /calls/{}/say");
  EXPECT_EQ(learnt.record.places[0].pointer, "/note");
  EXPECT_EQ(learnt.record.places[0].runs, 5u);
  EXPECT_THAT(learnt.record.places[0].seen, SizeIs(6)) << "with the recorded one";
  for (const Verdict& verdict : learnt.verdicts) EXPECT_THAT(verdict.findings, IsEmpty());

  const Verdict verdict = judged(recorded, saying(R"("deadbeef")"), learnt.record);
  EXPECT_EQ(verdict.judgement, Judgement::same);
  ASSERT_THAT(verdict.suppressed, SizeIs(1));
  EXPECT_EQ(verdict.suppressed[0].what, "POST /calls/{}/say");
  EXPECT_THAT(verdict.suppressed[0].why, HasSubstr("/note: a word of 8 of [0-9a-f] (in 5 of 5 runs)"));
}

TEST(Noise, ANewKindOfValueAtANoisyPlaceIsFound) {
  const Session recorded = saying(R"("12345678")");
  const NoiseRecord record = learn_noise(recorded, five(kTokens), {}, {}).record;
  for (const char* note : {R"("")", "17", "null", R"(["a1b2c3d4"])", R"("no such token")"}) {
    const Verdict verdict = judged(recorded, saying(note), record);
    ASSERT_THAT(verdict.findings, SizeIs(1)) << note;
    EXPECT_EQ(verdict.findings[0].differences[0].pointer, "/note");
  }
  const Verdict other = judged(recorded, saying(R"("deadbeef")", R"(,"more":1)"), record);
  ASSERT_THAT(other.findings, SizeIs(1));
  ASSERT_THAT(other.findings[0].differences, SizeIs(1)) << "the noise beside it is no finding";
  EXPECT_EQ(other.findings[0].differences[0].pointer, "/more");
}

TEST(Noise, IsAddedToWhatIsKnown) {
  const Session recorded = saying("30");
  const NoiseRecord first = learn_noise(recorded, five({"31", "30"}), {}, {}).record;
  const NoiseRecord both = learn_noise(recorded, five({"30", "90", "60"}), first, {}).record;
  EXPECT_EQ(both.runs, 5u);
  ASSERT_THAT(both.places, SizeIs(1));
  EXPECT_EQ(both.places[0].runs, 3u);
  std::size_t times = 0;
  for (const Sample& sample : both.places[0].seen) times += sample.times;
  EXPECT_EQ(times, 6u) << "five runs, and the recording";
  EXPECT_EQ(judged(recorded, saying("120"), first).judgement, Judgement::different);
  EXPECT_EQ(judged(recorded, saying("120"), both).judgement, Judgement::same);
}

TEST(Noise, WhoIsMeantIsNotGeneralised) {
  const auto inviting = [](const std::string& user) {
    return SessionBuilder()
        .delivery(0, 10, call_is(kCall, "established"))
        .request(20, 30, "POST", kPath + "/participants/invite",
                 R"({"participants":[{"identity":{"user":{"id":")" + user + R"("}}}]})")
        .take();
  };
  const std::string one = "11111111-0000-4000-8000-000000000000";
  const std::string other = "22222222-0000-4000-8000-000000000000";
  const Session recorded = inviting(one);
  const std::vector<Session> runs = {inviting(other), inviting(one), inviting(other)};
  const NoiseRecord record = learn_noise(recorded, runs, {}, {}).record;
  EXPECT_EQ(judged(recorded, inviting(other), record).judgement, Judgement::same);
  EXPECT_EQ(judged(recorded, inviting("33333333-0000-4000-8000-000000000000"), record).judgement, Judgement::different);
}

TEST(Noise, OfTwoItemsIsThatOfAllItems) {
  const auto list = [](const std::string& one, const std::string& two, const std::string& three) {
    return saying(R"("")", R"(,"items":[{"n":)" + one + R"(},{"n":)" + two + R"(},{"n":)" + three + "}]");
  };
  const Session recorded = list("10", "20", "30");
  const std::vector<Session> runs = {list("11", "20", "30"), list("10", "25", "30"), list("13", "24", "30")};
  const NoiseRecord record = learn_noise(recorded, runs, {}, {}).record;
  ASSERT_THAT(record.places, SizeIs(1));
  EXPECT_EQ(record.places[0].pointer, "/items/*/n");
  EXPECT_EQ(judged(recorded, list("12", "22", "28"), record).judgement, Judgement::same);
  EXPECT_EQ(judged(recorded, list("12", "22", "2800"), record).judgement, Judgement::different);
}

// Four requests after one delivery, each after the answer to the one before it, in this order.
Session in_order(const std::vector<std::string>& what) {
  SessionBuilder builder;
  builder.delivery(0, 10, call_is(kCall, "established"));
  corpus::Micros time = 20;
  for (const std::string& one : what) {
    builder.request(time, time + 5, "POST", kPath + "/" + one, "{}");
    time += 10;
  }
  return builder.delivery(100, 110, call_is(kCall, "terminated", "deleted")).take();
}

TEST(Noise, OrderIsFreeWhereItVaried) {
  const Session recorded = in_order({"a", "b", "c", "d"});
  const std::vector<Session> runs = {in_order({"b", "a", "c", "d"}), in_order({"c", "b", "a", "d"})};
  const NoiseRecord record = learn_noise(recorded, runs, {}, {}).record;
  EXPECT_EQ(judged(recorded, in_order({"a", "c", "b", "d"}), record).judgement, Judgement::same);
  const Verdict verdict = judged(recorded, in_order({"a", "b", "d", "c"}), record);
  ASSERT_THAT(verdict.findings, SizeIs(1));
  EXPECT_EQ(verdict.findings[0].kind, FindingKind::out_of_order);
}

TEST(Noise, FewRunsFreeTheRestOfABatchManyDoNot) {
  const Session recorded = in_order({"a", "b", "c"});
  std::vector<Session> runs;
  for (int i = 0; i < 3; ++i)
    runs.push_back(
        in_order(i % 2 == 0 ? std::vector<std::string>{"c", "a", "b"} : std::vector<std::string>{"a", "c", "b"}));
  EXPECT_EQ(judged(recorded, in_order({"b", "a", "c"}), learn_noise(recorded, runs, {}, {}).record).judgement,
            Judgement::same);
  for (int i = 0; i < 9; ++i) runs.push_back(runs[static_cast<std::size_t>(i) % 3]);
  EXPECT_EQ(judged(recorded, in_order({"b", "a", "c"}), learn_noise(recorded, runs, {}, {}).record).judgement,
            Judgement::different)
      << "twelve times in the same order is no chance";
}

TEST(Noise, ARequestThatNeedNotComeMayBeMissing) {
  const Session recorded = in_order({"a", "b", "c"});
  const std::vector<Session> runs = {in_order({"a", "c"}), in_order({"a", "b", "c"})};
  const Learnt learnt = learn_noise(recorded, runs, {}, {});
  ASSERT_THAT(learnt.record.presences, SizeIs(1));
  EXPECT_EQ(learnt.record.presences[0].exchange, 3);
  const Verdict verdict = judged(recorded, in_order({"a", "c"}), learnt.record);
  EXPECT_EQ(verdict.judgement, Judgement::same);
  EXPECT_EQ(verdict.requests, 2u) << "nobody demands the third";
  EXPECT_EQ(judged(recorded, in_order({"b", "c"}), learnt.record).judgement, Judgement::different);
}

TEST(Noise, DeliveriesDoNotWaitForWhatNeedNotCome) {
  const Session recorded = in_order({"a", "b", "c"});
  const std::vector<Session> runs = {in_order({"a", "b"})};
  const NoiseRecord record = learn_noise(recorded, runs, {}, {}).record;
  const Noise noise(record, recorded);
  const Plan strict = make_plan(recorded);
  const Plan relaxed = plan_with(recorded, {}, &noise);
  const auto waits_for = [](const Plan& plan, std::size_t exchange) {
    return std::ranges::any_of(plan.steps[4].causes, [&](const Cause& cause) { return cause.exchange == exchange; });
  };
  EXPECT_TRUE(waits_for(strict, 3));
  EXPECT_FALSE(waits_for(relaxed, 3));
  EXPECT_TRUE(waits_for(relaxed, 2));
  EXPECT_TRUE(relaxed.steps[3].optional);
}

TEST(Noise, ARunThatWasCutShortByWhatNeedNotComeIsTold) {
  const Session recorded = in_order({"a", "b", "c"});
  Session cut = in_order({"a", "b"});
  EXPECT_FALSE(was_cut_short(learn_noise(recorded, std::vector<Session>{cut}, {}, {}).verdicts[0]));
  cut.exchanges.pop_back();  // the delivery that waits for the third request
  EXPECT_TRUE(was_cut_short(learn_noise(recorded, std::vector<Session>{cut}, {}, {}).verdicts[0]));
  cut.exchanges[0].outcome = corpus::Failure{"closed"};
  EXPECT_FALSE(was_cut_short(learn_noise(recorded, std::vector<Session>{cut}, {}, {}).verdicts[0]))
      << "a bot that dies is no noise";
}

TEST(Noise, ExtraRequestsMayComeAsOftenAsTheyDid) {
  const Session recorded = in_order({"a", "b"});
  const std::vector<Session> runs = {in_order({"a", "log", "b"}), in_order({"a", "b"})};
  const NoiseRecord record = learn_noise(recorded, runs, {}, {}).record;
  EXPECT_EQ(judged(recorded, in_order({"log", "a", "b"}), record).judgement, Judgement::same);
  EXPECT_EQ(judged(recorded, in_order({"log", "a", "log", "b"}), record).judgement, Judgement::different);
  EXPECT_EQ(judged(recorded, in_order({"other", "a", "b"}), record).judgement, Judgement::different);
}

TEST(Noise, AnswersHaveTheStatusesThatWereSeen) {
  const auto answered = [](int status) {
    return SessionBuilder().delivery(0, 10, call_is(kCall, "established"), status).take();
  };
  const Session recorded = answered(202);
  const NoiseRecord record = learn_noise(recorded, std::vector<Session>{answered(204), answered(202)}, {}, {}).record;
  EXPECT_EQ(judged(recorded, answered(204), record).judgement, Judgement::same);
  EXPECT_EQ(judged(recorded, answered(500), record).judgement, Judgement::different);
  EXPECT_EQ(judged(recorded, answered(203), record).judgement, Judgement::different);
}

TEST(Noise, RequestsThatASlowBotSendsLateMayComeAsLate) {
  constexpr corpus::Micros kSecond = 1'000'000;
  const auto said_after = [](corpus::Micros time) {
    return SessionBuilder()
        .delivery(0, 10, call_is(kCall, "established"))
        .request(time, time + 10, "POST", kPath + "/say", "{}")
        .take();
  };
  const Session recorded = said_after(kSecond);
  JudgeOptions options;
  options.deadline_factor = 3;
  const std::vector<Session> runs = {said_after(7 * kSecond), said_after(2 * kSecond)};
  const Learnt learnt = learn_noise(recorded, runs, {}, options);
  for (const Verdict& verdict : learnt.verdicts) EXPECT_THAT(verdict.findings, IsEmpty());
  ASSERT_THAT(learnt.record.times, SizeIs(1));
  EXPECT_EQ(learnt.record.times[0].exchange, 2);
  EXPECT_EQ(learnt.record.times[0].recorded, kSecond);
  EXPECT_EQ(learnt.record.times[0].most, 7 * kSecond);
  EXPECT_EQ(learnt.record.times[0].runs, 1u);
  const Noise noise(learnt.record, recorded);
  options.noise = &noise;
  EXPECT_EQ(judge(recorded, said_after(14 * kSecond), options).judgement, Judgement::same);
  EXPECT_EQ(judge(recorded, said_after(15 * kSecond), options).judgement, Judgement::different);
}

TEST(Noise, BodiesUnderACodingAreLookedInto) {
  const Session recorded = in_order({"a", "b"});
  const auto run = [](const std::string& body) {
    Session session = in_order({"a", "log", "b"});
    for (corpus::Exchange& exchange : session.exchanges) {
      if (!exchange.request.target.ends_with("/log")) continue;
      exchange.request.headers = {{"Content-Encoding", "gzip"}};
      exchange.request.body = support::compressed(body);
    }
    return session;
  };
  const std::vector<Session> runs = {run(R"({"level":"info"})"), run(R"({"level":"info"})")};
  const NoiseRecord record = learn_noise(recorded, runs, {}, {}).record;
  ASSERT_THAT(record.extras, SizeIs(1));
  ASSERT_THAT(record.extras[0].seen, SizeIs(1));
  EXPECT_EQ(record.extras[0].seen[0].value, value_of(R"({"level":"info"})"));
  EXPECT_EQ(judged(recorded, run(R"({"level":"info"})"), record).judgement, Judgement::same);
  EXPECT_EQ(judged(recorded, run(R"(["another"])"), record).judgement, Judgement::different);
}

TEST(Noise, CountsAPairOfRequestsAboutTwoCallsOnce) {
  const auto both = [](const std::string& what) {
    return R"({"replacesCallId":")" + std::string(support::kOther) + R"(","what":")" + what + R"("})";
  };
  const auto call = [&](bool swapped) {
    SessionBuilder builder;
    builder.delivery(0, 10, call_is(kCall, "established")).delivery(0, 10, call_is(support::kOther, "established"));
    builder.request(20, 30, "POST", kPath + (swapped ? "/b" : "/a"), both("x"));
    builder.request(40, 50, "POST", kPath + (swapped ? "/a" : "/b"), both("x"));
    return builder.take();
  };
  NoiseRecord record;
  record.runs = 5;
  record.orders.push_back({3, 4, 2});
  const Verdict verdict = judged(call(false), call(true), record);
  EXPECT_EQ(verdict.judgement, Judgement::same);
  EXPECT_THAT(verdict.suppressed, SizeIs(1));
}

TEST(Noise, WhatTheRecordingDoesNotHaveAnyMoreIsLeftOut) {
  const Session recorded = saying(R"("12345678")");
  const NoiseRecord record = learn_noise(recorded, five(kTokens), {}, {}).record;
  const Session other = in_order({"a", "b"});
  EXPECT_EQ(Noise(record, other).left_out(), 1u);
  EXPECT_EQ(Noise(record, recorded).left_out(), 0u);
}

TEST(NoiseFile, GivesBackWhatWasLearnt) {
  const Session recorded = in_order({"a", "b", "c"});
  const std::vector<Session> runs = {in_order({"b", "a"}), in_order({"a", "b", "c", "log"})};
  NoiseRecord record = learn_noise(recorded, runs, {}, {}).record;
  record.session = "n";
  record.digest = "sha256:00";
  record.places.push_back(
      {"POST /calls/{}/a", Part::request, "/note", {2}, 1, {{value_of("(absent)"), 2}, {value_of("1"), 1}}});
  record.times.push_back({1, "POST /api/calls", 10, 10, 99, 1});
  const std::string text = noise_text(record);
  const auto read = parse_noise(text, "n.noise.json");
  ASSERT_TRUE(read) << corpus::to_string(read.error());
  EXPECT_EQ(noise_text(*read), text);
  EXPECT_THAT(text, HasSubstr(R"("accepts":"absent or a whole number)"));
}

TEST(NoiseFile, SaysWhereItIsBroken) {
  const auto fault_of = [](const std::string& text) { return corpus::to_string(parse_noise(text, "n.json").error()); };
  EXPECT_THAT(fault_of("{\n\"rollcallNoise\":1,\n}"), HasSubstr("n.json:3: "));
  EXPECT_EQ(fault_of(R"({"rollcallNoise":2})"), "n.json#/rollcallNoise: is 2: this Rollcall reads version 1");
  EXPECT_THAT(fault_of("[]"), HasSubstr("n.json#: must be an object"));
  EXPECT_THAT(fault_of(R"({"rollcallNoise":1,"session":"n","digest":"","origin":"","runs":1,"places":[
    {"request":"GET /","part":"body"}]})"),
              HasSubstr(R"(n.json#/places/0/part: must be "request" or "answer")"));
}

}  // namespace
}  // namespace replay
