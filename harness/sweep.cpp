#include "harness/sweep.h"

namespace harness {

Sweep::Sweep(boost::asio::io_context& io) : service(io), timer_(io) {}

Sweep& Sweep::of(boost::asio::io_context& io) {
  return boost::asio::use_service<Sweep>(io);
}

void Sweep::add(Visited& visited) {
  visited_.push_back(visited);
  if (!armed_) arm();
}

void Sweep::arm() {
  armed_ = true;
  latest_ = Clock::now();
  timer_.expires_after(kPeriod);
  timer_.async_wait([this](boost::system::error_code ec) {
    armed_ = false;
    if (!ec) visit_all();
  });
}

// Taken out one by one, because a visit may destroy others, who then leave whichever list they are in.
void Sweep::visit_all() {
  const auto now = Clock::now();
  List waiting;
  waiting.swap(visited_);
  while (!waiting.empty()) {
    Visited& visited = waiting.front();
    waiting.pop_front();
    visited_.push_back(visited);
    visited.sweep(now);
  }
  if (!visited_.empty()) arm();
}

}  // namespace harness
