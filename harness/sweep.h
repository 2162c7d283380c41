// Time-outs for thousands of connections at the price of one timer.
#pragma once

#include <boost/asio/execution_context.hpp>
#include <boost/intrusive/list.hpp>

#include "harness/net.h"

namespace harness {

/// Visits every registered thing four times a second, so that it can end what is overdue.
///
/// A timer for each read and write costs more than the reads and writes themselves. A deadline is a field that the
/// operation sets; the sweep looks at it. There is one sweep in an io_context, owned by it: `Sweep::of(io)`. Its timer
/// runs only while something is registered, so it does not keep an io_context alive that has nothing else to do.
class Sweep : public boost::asio::execution_context::service {
 public:
  /// What Asio finds the service by.
  static inline boost::asio::execution_context::id id;
  static constexpr std::chrono::milliseconds kPeriod{250};

  /// Something to be visited. It leaves the sweep by being destroyed.
  class Visited : public boost::intrusive::list_base_hook<boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {
   public:
    virtual ~Visited() = default;
    /// Called with the current time. May cancel operations and destroy others, not itself.
    virtual void sweep(Clock::time_point now) = 0;
  };

  explicit Sweep(boost::asio::io_context& io);
  static Sweep& of(boost::asio::io_context& io);

  void add(Visited& visited);
  /// The moment from which on a visit finds that `limit` is over, give or take a period. It asks no clock, which would
  /// be asked ten times for every exchange: it counts from the latest visit. Something has to be registered.
  Clock::time_point after(std::chrono::milliseconds limit) const { return latest_ + kPeriod + limit; }

 private:
  using List = boost::intrusive::list<Visited, boost::intrusive::constant_time_size<false>>;

  void shutdown() override {}
  void arm();
  void visit_all();

  Timer timer_;
  bool armed_ = false;
  Clock::time_point latest_;  // while armed: when the last visit was, or when the first one was ordered
  List visited_;
};

}  // namespace harness
