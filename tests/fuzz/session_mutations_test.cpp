// An example of each session mutation: what it does to the sample of two calls.
#include <gmock/gmock.h>

#include <algorithm>
#include <functional>

#include "corpus/ids.h"
#include "corpus/manner.h"
#include "fuzz/session_mutator.h"
#include "tests/fuzz/session_samples.h"

namespace {

using corpus::Exchange;
using corpus::Session;
using fuzz::exchange_of;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

// The first result that `wanted` takes, of some seeds.
Session made_by(
    const char* name, const std::function<bool(const Session&)>& wanted = [](const Session&) { return true; }) {
  std::vector<fuzz::SeedSession> seeds;
  seeds.push_back(fuzz::two_calls());
  fuzz::SessionMutator mutator(std::move(seeds));
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    auto made = mutator.apply(name, 0, seed);
    if (made && wanted(made->session)) return std::move(made->session);
  }
  ADD_FAILURE() << name << " never makes what the test looks for";
  return {};
}

std::size_t place(const Session& session, std::int64_t number) {
  const auto order = fuzz::delivery_order(session);
  return static_cast<std::size_t>(std::ranges::find(order, number) - order.begin());
}

std::vector<std::int64_t> after(const Session& session, std::int64_t number) {
  return exchange_of(session, number).after.value_or(std::vector<std::int64_t>{-1});
}

corpus::Manner manner(const Exchange& exchange) {
  const auto read = corpus::manner_of(exchange.request.extra);
  EXPECT_TRUE(read.has_value());
  return read.value_or(corpus::Manner{});
}

std::size_t count_of(const std::string& text, std::string_view word) {
  std::size_t count = 0;
  for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1)) ++count;
  return count;
}

const std::string& header(const Exchange& exchange, const char* name) {
  static const std::string none = "(none)";
  const auto found = std::ranges::find(exchange.request.headers, name, &corpus::Header::name);
  return found == exchange.request.headers.end() ? none : found->value;
}

const Session& original() {
  static const Session session = fuzz::two_calls().session;
  return session;
}

// order

TEST(SessionMutations, ReorderAllowedLetsAnotherCallOvertake) {
  const Session made =
      made_by("reorder_allowed", [](const Session& s) { return std::ranges::count(after(s, 3), 4) == 1; });
  EXPECT_THAT(after(made, 4), ElementsAre());
  EXPECT_THAT(after(made, 3), ElementsAre(2, 4)) << "sent behind the one that overtook it, and behind its causes";
}

TEST(SessionMutations, ReorderForbiddenPassesACause) {
  const Session made = made_by("reorder_forbidden", [](const Session& s) { return place(s, 9) < place(s, 6); });
  EXPECT_THAT(after(made, 9), Not(Contains(7))) << "the invite comes later";
  EXPECT_THAT(after(made, 6), Contains(9));
}

TEST(SessionMutations, SwapEstablishingPutsEstablishedFirst) {
  const Session made = made_by("swap_establishing");
  EXPECT_LT(place(made, 6), place(made, 3));
  EXPECT_THAT(after(made, 6), ElementsAre(2));
  EXPECT_THAT(after(made, 3), ElementsAre(2, 6));
}

TEST(SessionMutations, BeforeAnswerTellsBeforeTheRequestIsAnswered) {
  const Session made =
      made_by("before_answer", [](const Session& s) { return after(s, 9) != std::vector<std::int64_t>{-1}; });
  const Exchange& invite = exchange_of(made, 7);
  EXPECT_GT(exchange_of(made, 9).sent, invite.sent);
  EXPECT_LT(exchange_of(made, 9).sent, invite.ended);
  EXPECT_THAT(after(made, 9), ElementsAre(2, 6, 7));
}

TEST(SessionMutations, OlderRosterComesBehindTheNewerOne) {
  const Session made = made_by("older_roster");
  const auto order = fuzz::delivery_order(made);
  ASSERT_EQ(order.back(), 13);
  EXPECT_EQ(exchange_of(made, 13).request.body, exchange_of(original(), 10).request.body);
  EXPECT_NE(header(exchange_of(made, 13), "X-Microsoft-Skype-Message-ID"),
            header(exchange_of(original(), 10), "X-Microsoft-Skype-Message-ID"));
  EXPECT_THAT(after(made, 13), Contains(12));
}

// number

TEST(SessionMutations, DropLetsTheRestGoOn) {
  const Session made =
      made_by("drop", [](const Session& s) { return !std::ranges::count(fuzz::delivery_order(s), 10); });
  EXPECT_THAT(after(made, 12), ElementsAre(2, 8, 9)) << "not for the request that the roster led to";
}

TEST(SessionMutations, DuplicateIsTheSameMessageAgain) {
  const Session made = made_by(
      "duplicate", [](const Session& s) { return exchange_of(s, 13).request == exchange_of(original(), 4).request; });
  EXPECT_THAT(after(made, 13), Contains(4));
  EXPECT_GE(exchange_of(made, 13).sent, exchange_of(made, 4).ended);
}

TEST(SessionMutations, DuplicateNewIdIsAnotherMessage) {
  const Session made = made_by("duplicate_new_id", [](const Session& s) {
    return exchange_of(s, 13).request.body == exchange_of(original(), 4).request.body;
  });
  EXPECT_NE(header(exchange_of(made, 13), "X-Microsoft-Skype-Message-ID"),
            header(exchange_of(made, 4), "X-Microsoft-Skype-Message-ID"));
}

TEST(SessionMutations, BurstIsManyAtOnce) {
  const Session made = made_by("burst");
  const std::size_t more = made.exchanges.size() - original().exchanges.size();
  EXPECT_GE(more, 2u);
  EXPECT_LE(more, 20u);
  for (std::int64_t copy = 13; copy < 13 + static_cast<std::int64_t>(more); ++copy) {
    EXPECT_EQ(exchange_of(made, copy).request.body, exchange_of(made, 13).request.body);
    EXPECT_THAT(after(made, copy), Not(Contains(13)));
  }
}

TEST(SessionMutations, RepeatAtOnceWaitsForNoAnswer) {
  const Session made = made_by("repeat_at_once", [](const Session& s) {
    return exchange_of(s, 13).request == exchange_of(original(), 9).request;
  });
  EXPECT_THAT(after(made, 13), ElementsAre(2, 6, 7));
  EXPECT_LT(exchange_of(made, 13).sent, exchange_of(made, 9).ended);
}

TEST(SessionMutations, AtOnceApartJoinsTwoCalls) {
  const Session made = made_by(
      "at_once_apart", [](const Session& s) { return place(s, 4) == place(s, 3) + 1 && exchange_of(s, 4).after; });
  EXPECT_THAT(after(made, 4), ElementsAre());
  EXPECT_EQ(exchange_of(made, 4).sent, exchange_of(made, 3).sent + 1);
}

TEST(SessionMutations, AtOnceOneCallDoesNotWaitForTheFirst) {
  const Session made =
      made_by("at_once_one_call", [](const Session& s) { return after(s, 6) == std::vector<std::int64_t>{2}; });
  EXPECT_LT(exchange_of(made, 6).sent, exchange_of(made, 3).ended);
}

TEST(SessionMutations, RedeliverComesSecondsAfterTheAnswer) {
  const Session made = made_by("redeliver");
  const Exchange& again = exchange_of(made, 13);
  EXPECT_GE(again.sent, 1'000'000);
  ASSERT_TRUE(again.after.has_value());
  EXPECT_FALSE(again.after->empty());
}

TEST(SessionMutations, RedeliverChoosesWhatWasRefused) {
  std::vector<fuzz::SeedSession> seeds;
  seeds.push_back(fuzz::independent_deliveries(5));
  std::get<corpus::Response>(seeds[0].session.exchanges[3].outcome).status = 503;
  fuzz::SessionMutator mutator(std::move(seeds));
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const auto made = mutator.apply("redeliver", 0, seed);
    ASSERT_TRUE(made.has_value());
    EXPECT_THAT(after(made->session, 6), ElementsAre(4));
  }
}

// time

TEST(SessionMutations, DelayMovesAllThatFollows) {
  const Session made = made_by(
      "delay", [](const Session& s) { return exchange_of(s, 9).sent > 40'000 && exchange_of(s, 8).sent == 30'000; });
  const corpus::Micros by = exchange_of(made, 9).sent - 40'000;
  EXPECT_LE(by, 10'000'000);
  EXPECT_EQ(exchange_of(made, 12).sent, 60'000 + by);
  EXPECT_EQ(exchange_of(made, 12).ended, 60'100 + by);
  EXPECT_EQ(fuzz::delivery_order(made), fuzz::delivery_order(original()));
}

TEST(SessionMutations, HurryShortensAGapAndKeepsTheOrder) {
  const Session made = made_by("hurry", [](const Session& s) { return exchange_of(s, 9).sent < 40'000; });
  EXPECT_GT(exchange_of(made, 9).sent, exchange_of(made, 8).sent);
  EXPECT_EQ(fuzz::delivery_order(made), fuzz::delivery_order(original()));
}

TEST(SessionMutations, StallStopsWithinABody) {
  const Session made = made_by("stall", [](const Session& s) { return !exchange_of(s, 9).request.extra.empty(); });
  const corpus::Manner told = manner(exchange_of(made, 9));
  ASSERT_TRUE(told.sending.has_value());
  ASSERT_EQ(told.sending->pieces.size(), 1u);
  EXPECT_LT(told.sending->pieces[0], static_cast<std::int64_t>(exchange_of(made, 9).request.body.size()));
  EXPECT_GT(told.sending->pause, 0);
  EXPECT_LE(told.sending->pause, 500'000);
}

TEST(SessionMutations, LateAfterEndComesHalfAMinuteLater) {
  const Session made = made_by("late_after_end");
  const corpus::Micros later = exchange_of(made, 13).sent - 60'100;
  EXPECT_TRUE(later == 30'000'000 || later == 60'000'000) << later;
  EXPECT_THAT(after(made, 13), Contains(12));
}

// batch

TEST(SessionMutations, MergeOneCallMakesOneBatchOfTwo) {
  const Session made =
      made_by("merge_one_call", [](const Session& s) { return place(s, 6) == fuzz::delivery_order(s).size(); });
  const std::string& body = exchange_of(made, 3).request.body;
  EXPECT_LT(body.find("\"establishing\""), body.find("\"established\""));
  EXPECT_EQ(header(exchange_of(made, 3), "Content-Length"), std::to_string(body.size()));
  EXPECT_THAT(after(made, 9), ElementsAre(2, 3, 7)) << "the batch in place of what is in it now";
}

TEST(SessionMutations, MergeLeavesAloneWhatTheBotFailsAt) {
  std::vector<fuzz::SeedSession> seeds;
  seeds.push_back(fuzz::independent_deliveries(2));
  std::get<corpus::Response>(seeds[0].session.exchanges[0].outcome).status = 503;
  fuzz::SessionMutator mutator(std::move(seeds));
  EXPECT_FALSE(mutator.apply("merge_calls", 0, 1).has_value());
}

TEST(SessionMutations, MergeCallsPutsTwoCallsIntoOneBatch) {
  const Session made =
      made_by("merge_calls", [](const Session& s) { return place(s, 4) == fuzz::delivery_order(s).size(); });
  const std::string& body = exchange_of(made, 3).request.body;
  EXPECT_THAT(body, HasSubstr(fuzz::kCallA));
  EXPECT_THAT(body, HasSubstr(fuzz::kCallB));
}

TEST(SessionMutations, SplitMakesTwoDeliveriesOfABatch) {
  const Session made = made_by("split");
  const Exchange& rest = exchange_of(made, 13);
  EXPECT_THAT(exchange_of(made, 12).request.body, Not(HasSubstr(fuzz::kCallB)));
  EXPECT_THAT(rest.request.body, Not(HasSubstr(fuzz::kCallA)));
  EXPECT_THAT(rest.request.body, HasSubstr(fuzz::kCallB));
  EXPECT_THAT(rest.request.body, testing::EndsWith("]}"));
  EXPECT_THAT(after(made, 13), Contains(12));
}

// payload

// The delivery whose body differs from the original's, or null.
const Exchange* changed_payload(const Session& made) {
  for (const Exchange& exchange : made.exchanges) {
    if (exchange.request.body != exchange_of(original(), exchange.number).request.body) return &exchange;
  }
  return nullptr;
}

std::vector<std::string> ids_in(const std::string& text) {
  std::vector<std::string> ids;
  for (const corpus::Span& at : corpus::find_guids(text)) ids.push_back(corpus::canonical_id(at.of(text)));
  return ids;
}

TEST(SessionMutations, PayloadRespeltKeepsEveryId) {
  const Session made = made_by("payload_respelt");
  const Exchange* const changed = changed_payload(made);
  ASSERT_NE(changed, nullptr);
  EXPECT_EQ(ids_in(changed->request.body), ids_in(exchange_of(original(), changed->number).request.body));
  EXPECT_EQ(header(*changed, "Content-Length"), std::to_string(changed->request.body.size()));
}

TEST(SessionMutations, PayloadLinkedKeepsTheLinks) {
  for (int round = 0; round < 5; ++round) {
    int left = round;
    const Session made = made_by("payload_linked", [&](const Session&) { return left-- == 0; });
    const Exchange* const changed = changed_payload(made);
    ASSERT_NE(changed, nullptr);
    for (const std::string& id : ids_in(exchange_of(original(), changed->number).request.body)) {
      EXPECT_THAT(ids_in(changed->request.body), Contains(id));
    }
  }
}

TEST(SessionMutations, PayloadCutBreaksALink) {
  const Session made = made_by("payload_cut", [](const Session& s) {
    const Exchange* const changed = changed_payload(s);
    if (changed == nullptr) return false;
    return ids_in(changed->request.body) != ids_in(exchange_of(original(), changed->number).request.body);
  });
  EXPECT_NE(changed_payload(made), nullptr);
}

TEST(SessionMutations, PayloadAnyLetsWhatFollowsGoOn) {
  const Session made = made_by("payload_any", [](const Session& s) {
    return exchange_of(s, 10).request.body != exchange_of(original(), 10).request.body;
  });
  EXPECT_THAT(after(made, 12), Not(Contains(11)));
}

// interleave

TEST(SessionMutations, WeaveApartSharesNoCall) {
  const Session made = made_by("weave_apart");
  ASSERT_EQ(made.exchanges.size(), 2 * original().exchanges.size());
  std::size_t ours = 0;
  for (const Exchange& exchange : made.exchanges) {
    if (exchange.number <= 12) {
      EXPECT_EQ(exchange.request, exchange_of(original(), exchange.number).request);
      continue;
    }
    ours += count_of(exchange.request.body, fuzz::kCallA) + count_of(exchange.request.target, fuzz::kCallA);
    ours += count_of(exchange.request.body, fuzz::kCallB) + count_of(exchange.request.target, fuzz::kCallB);
  }
  EXPECT_EQ(ours, 0u);
  EXPECT_THAT(after(made, 12 + 9), ElementsAre(12 + 2, 12 + 6, 12 + 7)) << "each recording keeps its own causes";
}

// Two requests that create a call are equal to look at: the player can tell them apart only by their order.
TEST(SessionMutations, WeaveCreatesOneCallAfterTheOther) {
  for (int round = 0; round < 16; ++round) {
    int left = round;
    const Session made = made_by("weave_apart", [&](const Session&) { return left-- == 0; });
    const bool ours_first = exchange_of(made, 1).sent < exchange_of(made, 13).sent;
    const std::int64_t first = ours_first ? 2 : 14;
    const std::int64_t second = ours_first ? 13 : 1;
    EXPECT_LE(exchange_of(made, first).ended, exchange_of(made, second).sent);
    EXPECT_THAT(after(made, second), Contains(first));
  }
}

TEST(SessionMutations, WeaveCallSharesOne) {
  const Session made = made_by("weave_call");
  std::size_t shared = 0;
  for (const Exchange& exchange : made.exchanges) {
    if (exchange.number <= 12) continue;
    shared += count_of(exchange.request.body, fuzz::kCallA) + count_of(exchange.request.body, fuzz::kCallB);
  }
  EXPECT_GT(shared, 0u);
}

TEST(SessionMutations, WeaveParticipantSharesOne) {
  const Session made = made_by("weave_participant");
  const std::string participant = "00000000-0000-4000-a000-000000001007";
  EXPECT_THAT(exchange_of(made, 12 + 11).request.target, HasSubstr(participant));
  EXPECT_THAT(exchange_of(made, 12 + 11).request.target, Not(HasSubstr(fuzz::kCallA)));
}

// answers

TEST(SessionMutations, AnswersCanFail) {
  for (const auto& [name, least, most] :
       {std::tuple{"answer_4xx", 400, 428}, std::tuple{"answer_5xx", 500, 599}, std::tuple{"answer_429", 429, 429}}) {
    const Session made = made_by(name, [](const Session& s) { return exchange_of(s, 7).response()->status >= 400; });
    const corpus::Response& answer = *exchange_of(made, 7).response();
    EXPECT_GE(answer.status, least);
    EXPECT_LE(answer.status, most);
    EXPECT_THAT(answer.body, HasSubstr(R"({"error":{"code":")"));
    const bool says_when = std::ranges::count(answer.headers, "Retry-After", &corpus::Header::name) == 1;
    EXPECT_EQ(says_when, answer.status == 429);
  }
}

TEST(SessionMutations, WhatAFailedRequestBroughtAboutMayStayAway) {
  const Session made = made_by("answer_4xx", [](const Session& s) {
    return exchange_of(s, 7).response()->status >= 400 && !std::ranges::count(fuzz::delivery_order(s), 9);
  });
  EXPECT_THAT(after(made, 10), ElementsAre(2, 6, 7));
}

TEST(SessionMutations, AnswerSlowKeepsTheOrder) {
  const Session made = made_by("answer_slow", [](const Session& s) {
    return exchange_of(s, 7).ended > 500'000 && exchange_of(s, 7).sent == 21'000;
  });
  EXPECT_GT(exchange_of(made, 8).sent, exchange_of(made, 7).ended);
}

TEST(SessionMutations, AnswerBrokenIsCutShortOrLong) {
  made_by("answer_broken", [](const Session& s) {
    const auto& answer = *exchange_of(s, 7).response();
    return answer.extra.empty() && answer.body.size() < exchange_of(original(), 7).response()->body.size();
  });
  for (const bool longer : {false, true}) {
    made_by("answer_broken", [&](const Session& s) {
      const auto& answer = *exchange_of(s, 7).response();
      const auto told = corpus::manner_of(answer.extra);
      return told->sending && (*told->sending->length > static_cast<std::int64_t>(answer.body.size())) == longer;
    });
  }
}

TEST(SessionMutations, AnswerCompletedSaysSoAtOnce) {
  const Session made = made_by("answer_completed");
  EXPECT_THAT(exchange_of(made, 7).response()->body, HasSubstr(R"("status":"completed")"));
  EXPECT_THAT(exchange_of(original(), 7).response()->body, HasSubstr(R"("status":"running")"));
}

TEST(SessionMutations, AnswerResetBreaksBeforeOrWithin) {
  for (const corpus::Breaking breaks : {corpus::Breaking::before, corpus::Breaking::within}) {
    made_by("answer_reset", [&](const Session& s) {
      const auto told = corpus::manner_of(exchange_of(s, 7).response()->extra);
      return told->sending && told->sending->breaks == breaks;
    });
  }
}

// http

TEST(SessionMutations, ChunksCutTheBody) {
  const Session made = made_by("chunks", [](const Session& s) { return !exchange_of(s, 6).request.extra.empty(); });
  const auto told = manner(exchange_of(made, 6));
  std::int64_t sum = 0;
  for (const std::int64_t piece : told.sending->pieces) sum += piece;
  EXPECT_LT(sum, static_cast<std::int64_t>(exchange_of(made, 6).request.body.size()));
  EXPECT_EQ(told.sending->pause, 0);
}

TEST(SessionMutations, PausesStandBetweenChunks) {
  const Session made = made_by("pauses", [](const Session& s) { return !exchange_of(s, 6).request.extra.empty(); });
  const auto told = manner(exchange_of(made, 6));
  EXPECT_FALSE(told.sending->pieces.empty());
  EXPECT_GE(told.sending->pause, 1000);
  EXPECT_LE(told.sending->pause, 5000);
}

TEST(SessionMutations, ContentTypeIsWrongOrMissing) {
  const Session wrong = made_by("wrong_content_type", [](const Session& s) {
    return header(exchange_of(s, 10), "Content-Type") != "application/json";
  });
  EXPECT_NE(header(exchange_of(wrong, 10), "Content-Type"), "(none)");
  const Session none = made_by("no_content_type",
                               [](const Session& s) { return header(exchange_of(s, 10), "Content-Type") == "(none)"; });
  EXPECT_THAT(after(none, 12), Not(Contains(11))) << "the bot may refuse it, and the rest comes all the same";
}

TEST(SessionMutations, ByteOrderMarkStandsInFront) {
  const Session made = made_by("byte_order_mark");
  const Exchange* const changed = changed_payload(made);
  ASSERT_NE(changed, nullptr);
  EXPECT_EQ(changed->request.body, "\xEF\xBB\xBF" + exchange_of(original(), changed->number).request.body);
}

TEST(SessionMutations, GzipIsForThePlayerToDo) {
  const Session made = made_by("gzip", [](const Session& s) { return !exchange_of(s, 6).request.extra.empty(); });
  EXPECT_TRUE(manner(exchange_of(made, 6)).sending->gzip);
  EXPECT_EQ(exchange_of(made, 6).request.body, exchange_of(original(), 6).request.body);
}

TEST(SessionMutations, BodiesAreEmptyOrLarge) {
  const Session none = made_by("empty_body", [](const Session& s) { return exchange_of(s, 6).request.body.empty(); });
  EXPECT_EQ(header(exchange_of(none, 6), "Content-Length"), "0");
  const Session large =
      made_by("large_body", [](const Session& s) { return exchange_of(s, 6).request.body.size() > 70'000; });
  EXPECT_THAT(exchange_of(large, 6).request.body, testing::EndsWith("x\"}"));
}

TEST(SessionMutations, HeaderCaseChangesNamesOnly) {
  const Session made = made_by(
      "header_case", [](const Session& s) { return exchange_of(s, 6).request.headers[0].name == "content-type"; });
  EXPECT_EQ(exchange_of(made, 6).request.headers[0].value, "application/json");
}

TEST(SessionMutations, TwoTokensKeepsTheMessage) {
  const Session made = made_by("two_tokens", [](const Session& s) { return !exchange_of(s, 6).request.extra.empty(); });
  EXPECT_EQ(manner(exchange_of(made, 6)).token, corpus::TokenFlaw::two);
}

// identity

TEST(SessionMutations, EveryFlawComesInFrontOfTheSoundMessage) {
  for (const corpus::TokenFlaw flaw : corpus::kTokenFlaws) {
    const std::string name = "token_" + std::string(corpus::word_of(flaw));
    const Session made = made_by(name.c_str(), [](const Session& s) { return place(s, 13) + 1 == place(s, 6); });
    const Exchange& flawed = exchange_of(made, 13);
    EXPECT_EQ(manner(flawed).token, flaw);
    EXPECT_EQ(flawed.response()->status, 401);
    EXPECT_EQ(flawed.request.body, exchange_of(made, 6).request.body);
    EXPECT_THAT(after(made, 6), Contains(13));
    EXPECT_EQ(exchange_of(made, 6).request, exchange_of(original(), 6).request);
  }
}

}  // namespace
