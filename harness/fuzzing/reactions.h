// How long a bot takes until it asks for something: decided from its live sessions, without a clock.
#pragma once

#include <cstddef>

#include "corpus/exchange.h"

namespace harness {

/// The longest time from being told something to asking for something, in the sessions that were played last: a machine
/// that is busy for a while is forgotten again. One for all bots of a kind.
class Reactions {
 public:
  void note(const corpus::Session& live);
  /// What was noted so far is never forgotten: what the bot does about each recording.
  void keep() { kept_ = longest(); }

  /// So long a bot has to be quiet before it is taken not to ask for anything any more, as far as is known.
  corpus::Micros quiet() const;

 private:
  corpus::Micros longest() const;

  std::size_t sessions_ = 0;  // since the longest ones changed places
  corpus::Micros longest_ = 0;
  corpus::Micros before_ = 0;  // the longest of those before
  corpus::Micros kept_ = 0;
};

}  // namespace harness
