// A replay that stops before each delivery, until somebody has decided what becomes of it.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "replay/by_hand.h"
#include "replay/scheduler.h"

namespace replay {

/// What is to become of the delivery that is held.
struct Decision {
  enum class Kind {
    go,      ///< send it
    skip,    ///< do not send it; what waits for it goes on as if it had been sent and answered
    repeat,  ///< send it, and stop before it again
    run,     ///< send it and all that follow, until one of them is due that `until` names; if that is it: nothing
    quit,    ///< the replay is over
  };
  Kind kind = Kind::go;
  std::optional<std::size_t> until = {};  ///< of run: place in Session::exchanges; absent: never stop again
};

/// Deliver::exchange of a delivery that was repeated: nothing waits for it.
inline constexpr std::size_t kRepeated = static_cast<std::size_t>(-1);

/// How somebody has changed a replay so far, by place in Session::exchanges.
struct Changes {
  std::map<std::size_t, ByHand> done;
  std::map<std::size_t, corpus::Request> edited;  ///< as they went out or will, under recorded ids
};

/// A scheduler whose deliveries are held back, one at a time and the others behind it, until decide() is called. While
/// one is held, the Graph double goes on answering, and what is under way goes on. Once only the decision is waited
/// for, time is to stand still: whoever owns the clock looks at stands_still() after each call, and hands in a `now`
/// that has not moved meanwhile. So no gap, no patience and no limit runs out because somebody thinks.
///
/// A delivery is due when it has been decided about, and what counts from it counts from then: stepping is not
/// lateness. Without `step`, nothing is ever held. The recording must outlive it.
class Stepping {
 public:
  Stepping(const corpus::Session& recorded, ScheduleOptions options, bool step);

  /// As Scheduler::handle(), with the deliveries that are held left out.
  std::vector<Action> handle(const Event& event, corpus::Micros now);

  /// The delivery to be decided about, as it would be sent; null if none is. Valid until the next call.
  const Deliver* held() const { return held_.empty() ? nullptr : &held_.front(); }
  /// Nothing but the decision is waited for.
  bool stands_still() const { return !held_.empty() && under_way_ == 0 && !scheduler_.answering(); }

  /// Gives the held delivery another body; its recorded one again, and nothing was edited. One must be held.
  void edit(std::string body);
  /// What follows from the decision about the held delivery. One must be held.
  std::vector<Action> decide(const Decision& decision, corpus::Micros now);

  /// By place in Session::exchanges: the deliveries that were sent or skipped.
  const std::vector<bool>& passed() const { return passed_; }
  /// What was done by hand so far, and what of that the end of the live session has to tell. Valid until the next call.
  const Changes& changes() const { return changes_; }
  const HandNote& note() const { return note_; }
  /// As Scheduler::waits_for().
  std::vector<Cause> waits_for(std::size_t delivery) const { return scheduler_.waits_for(delivery); }

 private:
  bool stops_at(std::size_t exchange);
  void sift(std::vector<Action> from, std::vector<Action>& actions, corpus::Micros now);
  void release(Deliver delivery, std::vector<Action>& actions);
  void mark(Deliver& delivery, ByHand done);
  void release_rest(std::vector<Action>& actions, corpus::Micros now);

  const corpus::Session& recorded_;
  Scheduler scheduler_;
  std::deque<Deliver> held_;
  std::optional<std::string> unedited_;  // the body of the held one, if that was edited
  Changes changes_;
  HandNote note_;
  std::unordered_map<std::size_t, corpus::Micros> due_;  // of deliveries handed out and not yet written
  std::vector<bool> passed_;
  std::size_t under_way_ = 0;  // deliveries handed out and not ended
  bool stopping_;
  std::optional<std::size_t> until_;
  corpus::Micros resumed_ = 0;  // when the last decision was made: nothing is due before it
  bool over_ = false;
};

}  // namespace replay
