// An example of each session mutation of what is said, and how: payloads, answers, HTTP, tokens, woven recordings.
#include <gmock/gmock.h>

#include <algorithm>
#include <set>

#include "corpus/ids.h"
#include "corpus/manner.h"
#include "tests/fuzz/session_examples.h"

namespace {

using corpus::Exchange;
using corpus::Session;
using fuzz::after;
using fuzz::count_of;
using fuzz::exchange_of;
using fuzz::header;
using fuzz::made_by;
using fuzz::manner;
using fuzz::original;
using fuzz::place;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

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
    const auto order = fuzz::delivery_order(s);
    return exchange_of(s, 7).response()->status >= 400 && std::ranges::count(order, 10) &&
           !std::ranges::count(order, 9);
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

// 9 is the operation's end, 10 and 12 tell of the same call, 8 of another one; 11 is what 10 leads to.
TEST(SessionMutations, ChangedAnswersAreFollowedByAllOrLessOrNothing) {
  const auto numbers = [](const Session& session) {
    std::set<std::int64_t> all;
    for (const corpus::Exchange& exchange : session.exchanges) all.insert(exchange.number);
    return all;
  };
  using Wanted = std::set<std::int64_t>;
  for (const Wanted& gone : {Wanted{}, Wanted{9}, Wanted{9, 10, 11, 12}}) {
    made_by("answer_completed", [&](const Session& s) {
      Wanted expected = numbers(original());
      for (const std::int64_t number : gone) expected.erase(number);
      return numbers(s) == expected;
    });
  }
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
