#include "replay/agenda.h"

#include <gtest/gtest.h>

namespace replay {
namespace {

TEST(Agenda, GivesWhatIsDueInOrderOfTime) {
  Agenda agenda;
  agenda.add({.due = 30, .exchange = 3});
  agenda.add({.due = 10, .exchange = 1});
  agenda.add({.due = 20, .exchange = 2});
  EXPECT_EQ(agenda.next(), 10);
  EXPECT_FALSE(agenda.take(9));
  EXPECT_EQ(agenda.take(25)->exchange, 1u);
  EXPECT_EQ(agenda.take(25)->exchange, 2u);
  EXPECT_FALSE(agenda.take(25));
  EXPECT_EQ(agenda.next(), 30);
}

TEST(Agenda, OrdersWhatIsDueAtOnceAsItWasRecorded) {
  Agenda agenda;
  agenda.add({.due = 0, .recorded = 9, .exchange = 2});
  agenda.add({.due = 0, .recorded = 5, .exchange = 1});
  EXPECT_EQ(agenda.take(0)->exchange, 1u);
  EXPECT_EQ(agenda.take(0)->exchange, 2u);
}

TEST(Agenda, IsIdleWhenNothingHasToBeWaitedFor) {
  Agenda agenda;
  EXPECT_TRUE(agenda.idle());
  agenda.add({.due = 5, .token = 1, .idle = true});
  EXPECT_TRUE(agenda.idle());
  agenda.add({.due = 9, .exchange = 1});
  EXPECT_FALSE(agenda.idle());
  agenda.take(5);
  EXPECT_FALSE(agenda.idle());
  agenda.take(9);
  EXPECT_TRUE(agenda.idle());
}

}  // namespace
}  // namespace replay
