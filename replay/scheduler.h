// The player's decisions: what happened goes in, what is to be done comes out. No sockets, no clock, no waiting.
//
// The rules, with their reasons, are on the page replay/RULES.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "corpus/exchange.h"
#include "replay/by_hand.h"
#include "replay/plan.h"
#include "replay/pointer.h"

namespace replay {

class Bindings;
class Noise;

/// How a recording is to be played. Times are microseconds.
struct ScheduleOptions {
  double speed = 1;                       ///< recorded times are divided by it; greater than 0
  bool asap = false;                      ///< recorded times count as nothing: only causes delay
  std::optional<corpus::Micros> max_gap;  ///< no recorded time counts for more, after division by the speed
  corpus::Micros patience =
      10'000'000;                     ///< how long a quiet bot is waited for, beyond the time it took in the recording
  corpus::Micros settle = 1'000'000;  ///< how long nothing must happen once all is done: time for a request too many
  bool count_polling = false;         ///< treat GET, keepAlive and token requests like all others
  bool keep_ids = false;              ///< send the recorded ids of calls and operations, rather than fresh ones
  std::uint64_t seed = 0;             ///< fresh ids are a function of it; two replays at once need two seeds
  std::string graph;                  ///< the Graph double's own base URL, for Location headers; empty: leave them
  const Noise* noise = nullptr;       ///< made for the recording, must outlive the scheduler; may be null
  const Plan* plan = nullptr;         ///< of the recording, by plan_with(), must outlive the scheduler; null: made anew
  /// How long a quiet bot is waited for at most, the time that it took in the recording included: for a session that
  /// demands nothing of it. Absent: no such limit.
  std::optional<corpus::Micros> unheard;
  std::vector<Pointer> ignored;  ///< places in bodies that are not compared
};

/// The bot has sent a request to the Graph double. `token` names it in the answer.
struct BotAsked {
  std::uint64_t token = 0;
  corpus::Request request;
};
/// The answer to that request has been handed to the network.
struct BotAnswered {
  std::uint64_t token = 0;
};
/// A delivery has been handed to the network, whole.
struct DeliverySent {
  std::size_t exchange = 0;
  corpus::Micros due = 0;  ///< if it was held back on purpose: until when; what waits for it counts from then
};
/// The bot has answered a delivery, or failed to. What it said is the verdict's business.
struct DeliveryEnded {
  std::size_t exchange = 0;
  std::optional<corpus::Response> response;  ///< for the ids in it; absent if there was none
};
/// The time of an earlier WaitUntil has come (or the session starts).
struct Tick {};

using Event = std::variant<BotAsked, BotAnswered, DeliverySent, DeliveryEnded, Tick>;

/// Send this to the bot, now. `due` is when it should have gone.
struct Deliver {
  std::size_t exchange = 0;
  corpus::Request request;  ///< the recorded one with live ids
  corpus::Micros due = 0;
  std::optional<HandMark> by_hand = {};  ///< what somebody did to it (replay/stepping.h)

  bool operator==(const Deliver&) const = default;
};
/// Answer the bot's request, now: with a response, or as a failing Graph would. Nothing: leave it without an answer.
struct Answer {
  std::uint64_t token = 0;
  corpus::Outcome outcome;
  corpus::Micros due = 0;

  bool operator==(const Answer&) const = default;
};
/// Nothing to do before this time, unless something happens. Replaces an earlier one.
struct WaitUntil {
  corpus::Micros time = 0;

  bool operator==(const WaitUntil&) const = default;
};
/// The replay is over.
struct Finish {
  bool operator==(const Finish&) const = default;
};

using Action = std::variant<Deliver, Answer, WaitUntil, Finish>;

/// Plays one recording once. Start it with a Tick; from then on each event yields the actions that it leads to, in the
/// order in which they are to be performed. The last one is a WaitUntil or Finish; there is none where only an event
/// can bring the replay on: the end of something that is under way.
///
/// `now` is the time since the start of the replay and never goes back. The recording must outlive the scheduler.
class Scheduler {
 public:
  Scheduler(const corpus::Session& recorded, ScheduleOptions options);
  ~Scheduler();
  Scheduler(Scheduler&&) noexcept;
  Scheduler& operator=(Scheduler&&) noexcept;

  std::vector<Action> handle(const Event& event, corpus::Micros now);

  /// Whether a request of the bot is going to be answered without any delivery going out before.
  bool answering() const;

  /// What this delivery still waits for (place in Session::exchanges): those of its causes that have not happened.
  std::vector<Cause> waits_for(std::size_t delivery) const;
  /// Ids as bound so far. Lives as long as the scheduler.
  const Bindings& bindings() const;

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace replay
