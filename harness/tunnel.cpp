#include "harness/tunnel.h"

#include <array>
#include <boost/asio/co_spawn.hpp>
#include <exception>

#include "harness/sweep.h"

namespace harness {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

// Both directions, and what ends them.
struct Passage final : Sweep::Visited {
  Passage(asio::io_context& io, Stream& one, Stream& other, std::chrono::milliseconds limit)
      : sweeper(Sweep::of(io)), left(one), right(other), idle(limit), back_ended(io, Clock::time_point::max()) {
    sweeper.add(*this);
    heard();
  }

  void sweep(Clock::time_point now) override {
    if (now >= deadline) stop();
  }

  void heard() { deadline = sweeper.after(idle); }

  void stop() {
    over = true;
    left.cancel();
    right.cancel();
  }

  Sweep& sweeper;
  Stream& left;
  Stream& right;
  std::chrono::milliseconds idle;
  Clock::time_point deadline;
  bool over = false;
  bool back_is_done = false;
  Timer back_ended;  // cancelled when the way back has ended
};

Task<void> pump(Passage& passage, Stream& from, Stream& to) {
  std::array<char, 16 * 1024> bytes;
  while (!passage.over) {
    auto [ended, count] = co_await from.read_some(asio::buffer(bytes));
    if (ended == asio::error::eof) {
      to.end_sending();
      co_return;
    }
    if (ended || passage.over) break;
    passage.heard();
    auto [broken, sent] = co_await to.write(asio::buffer(bytes.data(), count));
    if (broken) break;
    passage.heard();
  }
  passage.stop();
}

}  // namespace

Task<void> tunnel(asio::io_context& io, Stream& left, Stream& right, std::chrono::milliseconds idle) {
  Passage passage(io, left, right, idle);
  asio::co_spawn(io.get_executor(), pump(passage, right, left), [&passage](const std::exception_ptr& error) {
    passage.back_is_done = true;
    passage.back_ended.cancel();
    if (error) std::rethrow_exception(error);
  });
  co_await pump(passage, left, right);
  while (!passage.back_is_done) co_await passage.back_ended.async_wait(kAwait);
}

}  // namespace harness
