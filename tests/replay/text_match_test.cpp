#include "replay/text_match.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace replay {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* kA = "57dab8b1-894c-409a-b240-bd8beae78896";
constexpr const char* kB = "11111111-2222-4333-8444-5555aaaabbbb";

TEST(TextMatch, HoldsTheBotToIdsThatSayWho) {
  const Bindings bindings;
  TextMatch match(Author::bot, bindings);
  EXPECT_TRUE(match.same(kA, kB, {"id", false}));
  EXPECT_FALSE(match.same(kA, kB, {"id", true}));
  EXPECT_TRUE(match.same(kA, kA, {"id", true}));
}

TEST(TextMatch, LetsTheBotMakeItsContexts) {
  const Bindings bindings;
  TextMatch match(Author::bot, bindings);
  EXPECT_TRUE(match.same("invite-1", "invite-2", {"clientContext", false}));
  EXPECT_FALSE(match.same("invite-1", "invite-2", {"subject", false}));
}

TEST(TextMatch, ForgetsWhatWasOnlyTried) {
  const Bindings bindings;
  TextMatch match(Author::bot, bindings);
  EXPECT_TRUE(match.same("a", "a", {"clientContext", false}));
  const TextMatch::Mark mark = match.mark();
  EXPECT_TRUE(match.same(kA, kB, {"id", false}));
  match.forget(mark);
  Comparison result;
  match.give(result);
  EXPECT_THAT(result.pairs, ElementsAre(Pair{"a", "a"}));
  EXPECT_THAT(result.ambiguous, IsEmpty());
}

}  // namespace
}  // namespace replay
