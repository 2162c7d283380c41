// What Ctrl-C does to a command that plays for a long time.
#pragma once

#include <boost/asio/basic_signal_set.hpp>
#include <functional>

#include "harness/net.h"

namespace harness {

/// The first SIGINT or SIGTERM asks for an end in good order; the second ends the io_context at once. Lasts as long as
/// it lives; `io` must outlive it.
class Interruption {
 public:
  Interruption(boost::asio::io_context& io, std::function<void()> stop);

 private:
  void wait();

  boost::asio::io_context& io_;
  std::function<void()> stop_;
  boost::asio::basic_signal_set<Executor> signals_;
  bool asked_ = false;
};

}  // namespace harness
