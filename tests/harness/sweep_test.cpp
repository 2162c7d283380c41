#include "harness/sweep.h"

#include <gtest/gtest.h>

#include <memory>

namespace harness {
namespace {

struct Visitor final : Sweep::Visited {
  explicit Visitor(std::function<void()> at_visit) : visit(std::move(at_visit)) {}
  void sweep(Clock::time_point) override { visit(); }
  std::function<void()> visit;
};

TEST(Sweep, VisitsEverythingAgainAndAgain) {
  boost::asio::io_context io;
  int first_visits = 0;
  int second_visits = 0;
  Visitor first([&] { ++first_visits; });
  Visitor second([&] {
    if (++second_visits == 2) io.stop();
  });
  Sweep::of(io).add(first);
  Sweep::of(io).add(second);
  io.run();
  EXPECT_EQ(first_visits, 2);
  EXPECT_EQ(second_visits, 2);
}

TEST(Sweep, EndsWithTheLastVisited) {
  boost::asio::io_context io;
  int visits = 0;
  auto visited = std::make_unique<Visitor>([&] { ++visits; });
  Sweep::of(io).add(*visited);
  visited.reset();
  io.run();  // comes back, because nothing is left to visit
  EXPECT_EQ(visits, 0);
}

TEST(Sweep, VisitMayDestroyOthers) {
  boost::asio::io_context io;
  int visits = 0;
  std::unique_ptr<Visitor> before;
  std::unique_ptr<Visitor> after;
  Visitor killer([&] {
    before.reset();
    after.reset();
    if (++visits == 2) io.stop();
  });
  before = std::make_unique<Visitor>([] {});
  after = std::make_unique<Visitor>([] { ADD_FAILURE() << "visited after its end"; });
  Sweep::of(io).add(*before);
  Sweep::of(io).add(killer);
  Sweep::of(io).add(*after);
  io.run();
  EXPECT_EQ(visits, 2);
}

TEST(Sweep, StartsAgainAfterItHadEnded) {
  boost::asio::io_context io;
  {
    Visitor brief([] {});
    Sweep::of(io).add(brief);
  }
  io.run();
  io.restart();
  int visits = 0;
  Visitor late([&] {
    ++visits;
    io.stop();
  });
  Sweep::of(io).add(late);
  io.run();
  EXPECT_EQ(visits, 1);
}

}  // namespace
}  // namespace harness
