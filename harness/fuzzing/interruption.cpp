#include "harness/fuzzing/interruption.h"

#include <csignal>
#include <utility>

namespace harness {

Interruption::Interruption(boost::asio::io_context& io, std::function<void()> stop)
    : io_(io), stop_(std::move(stop)), signals_(io.get_executor()) {
  signals_.add(SIGINT);
  signals_.add(SIGTERM);
  wait();
}

void Interruption::wait() {
  signals_.async_wait([this](boost::system::error_code ec, int) {
    if (ec) return;
    if (std::exchange(asked_, true)) return io_.stop();
    stop_();
    wait();
  });
}

}  // namespace harness
