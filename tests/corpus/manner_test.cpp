#include "corpus/manner.h"

#include <gtest/gtest.h>

#include "corpus/session_file.h"

namespace {

using corpus::Breaking;
using corpus::Manner;
using corpus::Sending;
using corpus::TokenFlaw;

Manner all_of_it() {
  Manner manner;
  manner.sending =
      Sending{.pieces = {1, 20, 3}, .hold = 9, .pause = 5000, .length = 7, .gzip = true, .breaks = Breaking::within};
  manner.token = TokenFlaw::alg_none;
  return manner;
}

TEST(Manner, IsReadAsItWasWritten) {
  std::string extra;
  corpus::set_manner(extra, all_of_it());
  EXPECT_EQ(extra, R"("sending":{"pieces":[1,20,3],"hold":9,"pause":5000,"length":7,"coding":"gzip","reset":"within"},)"
                   R"("token":"alg_none")");
  const auto read = corpus::manner_of(extra);
  ASSERT_TRUE(read.has_value()) << to_string(read.error());
  EXPECT_EQ(*read, all_of_it());
}

TEST(Manner, EveryFlawHasAWordOfItsOwn) {
  for (const TokenFlaw flaw : corpus::kTokenFlaws) {
    std::string extra;
    corpus::set_manner(extra, {{}, flaw});
    const auto read = corpus::manner_of(extra);
    ASSERT_TRUE(read.has_value()) << extra;
    EXPECT_EQ(read->token, flaw) << extra;
  }
}

TEST(Manner, LeavesOtherUnknownMembersAlone) {
  std::string extra = R"("later":[1, 2],"token":"none","sending":{"pause":1})";
  corpus::set_manner(extra, {Sending{.pieces = {4}}, {}});
  EXPECT_EQ(extra, R"("later":[1, 2],"sending":{"pieces":[4]})");
  corpus::set_manner(extra, {});
  EXPECT_EQ(extra, R"("later":[1, 2])");
}

TEST(Manner, WithoutAnyIsEmpty) {
  EXPECT_EQ(corpus::manner_of("").value(), Manner{});
  EXPECT_EQ(corpus::manner_of(R"("later":{"token":"x"})").value(), Manner{});
}

TEST(Manner, RefusesWhatTheFormatDoesNotSay) {
  const std::pair<const char*, const char*> cases[] = {
      {R"("token":"stale")", "\"token\" of the message must be one of expired"},
      {R"("token":1)", "\"token\" of the message must be one of"},
      {R"("sending":[])", "\"sending\" must be an object"},
      {R"("sending":{"pieces":[0]})", "\"pieces\" of \"sending\" must be"},
      {R"("sending":{"pieces":5})", "\"pieces\" of \"sending\" must be"},
      {R"("sending":{"pause":60000001})", "\"pause\" of \"sending\" must be"},
      {R"("sending":{"hold":60000001})", "\"hold\" of \"sending\" must be"},
      {R"("sending":{"length":-1})", "\"length\" of \"sending\" must be"},
      {R"("sending":{"coding":"br"})", "\"coding\" of \"sending\" must be"},
      {R"("sending":{"reset":"after"})", "\"reset\" of \"sending\" must be"},
      {R"("token":"none","token":"two")", "\"token\" stands twice"},
  };
  for (const auto& [extra, reason] : cases) {
    const auto read = corpus::manner_of(extra);
    ASSERT_FALSE(read.has_value()) << extra;
    EXPECT_EQ(read.error().error, corpus::Error::invalid);
    EXPECT_TRUE(read.error().what.starts_with(reason)) << read.error().what;
  }
}

TEST(Manner, SurvivesTheSessionFile) {
  const char* const text =
      R"({"rollcall":1,"name":"n","started":"","bot":"","graph":"","origin":""})"
      "\n"
      R"({"x":1,"t":0,"leg":"webhook","request":{"method":"POST","target":"/","headers":[],"sending":{"pieces":[2]},"token":"two","json":{}}})"
      "\n"
      R"({"x":1,"t":1,"response":{"status":202,"headers":[],"sending":{"reset":"before"}}})"
      "\n";
  const auto session = corpus::parse_session(text, "a");
  ASSERT_TRUE(session.has_value());
  ASSERT_TRUE(session->damage.empty());
  const corpus::Exchange& exchange = session->exchanges.front();
  const auto asked = corpus::manner_of(exchange.request.extra);
  ASSERT_TRUE(asked.has_value());
  EXPECT_EQ(asked->sending->pieces, std::vector<std::int64_t>{2});
  EXPECT_EQ(asked->token, TokenFlaw::two);
  EXPECT_EQ(corpus::manner_of(exchange.response()->extra)->sending->breaks, Breaking::before);
}

}  // namespace
