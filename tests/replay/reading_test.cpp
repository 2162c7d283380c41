#include "replay/reading.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/session_builder.h"

namespace replay {
namespace {

using support::call_is;
using support::kCall;
using support::SessionBuilder;

// What a message mentions as a call; empty if it mentions none.
std::string call_in(const Reading& reading, const Reading::Message& message) {
  const auto call = std::ranges::find(message.all, corpus::MentionKind::call, &Named::kind);
  return call == message.all.end() ? std::string() : reading.text(call->id);
}

TEST(Reading, GivesAnIdOneNumberInAllMessages) {
  const corpus::Session session = SessionBuilder()
                                      .delivery(0, 1, call_is(kCall, "incoming"))
                                      .delivery(2, 3, call_is("57DAB8B1894C409AB240BD8BEAE78896", "established"))
                                      .take();
  const Reading reading(session);
  EXPECT_EQ(call_in(reading, reading.request(0)), "57dab8b1894c409ab240bd8beae78896");
  EXPECT_EQ(call_in(reading, reading.request(1)), "57dab8b1894c409ab240bd8beae78896");
  EXPECT_TRUE(reading.request(0).notification);
  std::size_t ids = 0;
  for (const std::size_t exchange : {0, 1}) {
    for (const Named& named : reading.request(exchange).all) ids = std::max<std::size_t>(ids, named.id + 1);
  }
  EXPECT_EQ(ids, reading.ids());
}

TEST(Reading, HasNothingToSayOfAnAnswerThatIsNotThere) {
  const corpus::Session session = SessionBuilder().delivery(0, 1, call_is(kCall, "incoming")).take();
  const Reading reading(session);
  EXPECT_TRUE(reading.answer(0).all.empty());
  EXPECT_FALSE(reading.answer(0).notification);
}

}  // namespace
}  // namespace replay
