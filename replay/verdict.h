// What a live run did differently from its recording; replay/RULES.md has the rules, with their reasons.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/exchange.h"
#include "replay/comparer.h"
#include "replay/latency.h"
#include "replay/place.h"
#include "replay/pointer.h"

namespace replay {

class Bindings;
class Noise;
struct Plan;

/// The ways in which a live session can differ.
enum class FindingKind {
  missing_request,    ///< the bot did not send a request that the recording has
  unknown_request,    ///< the bot sent a request that the recording does not have
  doubled_request,    ///< the bot sent a recorded request once more than the recording
  different_request,  ///< a request came with another body or query
  out_of_order,      ///< a request came before what the recording shows to come first: a request, or what it answers to
  late_request,      ///< a request came much later after what the bot was told than in the recording
  ambiguous_id,      ///< one live id stands where the recording has two
  different_answer,  ///< the bot answered a delivery otherwise
  late_answer,       ///< the bot took longer than the limit to answer a delivery, and did not in the recording
  no_answer,         ///< the bot did not answer a delivery: it was not there, closed the connection or took too long
  withheld_delivery,  ///< a delivery did not go out because something that it waits for did not happen
  unknown_delivery,   ///< the bot was told something that the recording does not have
  bot_died,           ///< the bot's process ended while it was being replayed to
};

/// One difference.
struct Finding {
  FindingKind kind = FindingKind::missing_request;
  std::optional<Place> recorded;
  std::optional<Place> live;
  std::string what;                     ///< the message in question, in one line, under recorded ids
  std::string change;                   ///< what is wrong with it, where neither kind nor differences say that
  std::string cause;                    ///< of a request: what the bot was told before it; else empty
  std::vector<Difference> differences;  ///< what was recorded and what came, place by place
  std::vector<std::string> notes;       ///< further lines: causes, nearest candidate, oddities of the recording
  corpus::Micros took = 0;              ///< of what was late: how long it took; else 0
  bool consequence = false;             ///< it follows from another finding
  std::size_t seen = 1;                 ///< in so many runs
};

/// Same: nothing found. Inconclusive: nothing found, but that proves nothing, for the player was too late, or the
/// replay was quit by hand.
enum class Judgement { same, different, inconclusive };

/// A delivery that went out later than it was meant to.
struct LateDelivery {
  Place live;
  std::string what;  ///< the delivery in one line
  corpus::Micros late = 0;
};

/// How a player was too late.
struct TooLate {
  corpus::Micros budget = 0;         ///< what 99 % of the deliveries should not have been above
  std::vector<LateDelivery> latest;  ///< some of those above it, the latest first
};

/// Somebody ended the replay while a delivery was held (replay/stepping.h).
struct Quit {
  std::int64_t before = 0;   ///< number of that delivery in the recording
  std::size_t not_sent = 0;  ///< deliveries of the recording that had not gone out, without those skipped
};

/// What would be a finding, were it not for the noise that was learnt (replay/noise.h).
struct Suppressed {
  FindingKind kind = FindingKind::missing_request;
  std::optional<Place> recorded;
  std::optional<Place> live;
  std::string what;                      ///< the kind of request: method and path without ids
  std::optional<Difference> difference;  ///< absent where the whole message is meant
  corpus::Micros took = 0;               ///< as in Finding
  std::string why;                       ///< "/note: wording of 3 to 20 words (in 4 of 5 runs)"
};

/// Which noise a session was judged with.
struct NoiseUse {
  std::string source;        ///< the file
  std::size_t runs = 0;      ///< it was learnt from so many
  bool stale = false;        ///< the recording has changed since
  std::size_t left_out = 0;  ///< entries about what the recording does not have any more
};

/// A recorded exchange and the one that stands for it in the live run, by their places in Session::exchanges.
struct Partners {
  std::size_t recorded = 0;
  std::size_t live = 0;

  bool operator==(const Partners&) const = default;
};

/// The verdict of a run, or of several of one session together (replay/repeat.h).
struct Verdict {
  Judgement judgement = Judgement::same;
  std::size_t runs = 1;
  std::vector<Finding> findings;       ///< what follows from others last
  std::size_t requests = 0;            ///< that the recording demands of the bot
  std::size_t requests_met = 0;        ///< of these, those that came
  std::size_t deliveries = 0;          ///< that the recording has
  std::size_t deliveries_made = 0;     ///< of these, those that went out
  std::size_t damaged_lines = 0;       ///< of both files: what stood there is not judged
  std::optional<Lateness> lateness;    ///< absent unless the live session says when its deliveries were due
  std::optional<Latency> latency;      ///< of the bot, absent likewise
  std::optional<TooLate> too_late;     ///< absent if the player kept its budget, or was given none
  std::optional<Quit> quit;            ///< absent: it was played to its end
  std::vector<DoneByHand> by_hand;     ///< in the order of the recording
  std::vector<Suppressed> suppressed;  ///< in the order in which they came about
  std::optional<NoiseUse> noise;       ///< absent: judged without
  std::vector<Partners> partners;      ///< in the order of the recording; polling, which is not judged, has none
};

/// What a bot may always take longer than in the recording. A runtime that compiles as it goes takes a second or two
/// for the first request of its life, and so does a busy machine for any; nobody on a call would hang up for that.
inline constexpr corpus::Micros kDeadlineFloor = 2'000'000;

/// What judge() is told by the user.
struct JudgeOptions {
  std::vector<Pointer> ignored;             ///< places in bodies that are not compared
  bool count_polling = false;               ///< judge GET, keepAlive and token requests like all others
  corpus::Micros answer_limit = 5'000'000;  ///< Graph drops a call whose notification is not acknowledged in 5 s
  std::optional<corpus::Micros> lateness_budget = {};  ///< what the p99 of lateness may be; absent: whatever it is
  const Noise* noise = nullptr;  ///< made for the recording, must outlive the judging; null: every difference counts
  std::optional<double> deadline_factor = {};      ///< a request may take so many times as long as in the recording…
  corpus::Micros deadline_floor = kDeadlineFloor;  ///< …and this much longer; absent factor: as long as it likes
  const Plan* plan = nullptr;  ///< of the recording, by plan_with(), must outlive the judging; null: made anew
};

/// Compares a live session with the recording that it replayed. A function of the two: nothing else is looked at.
/// `bindings`, unless null, gets the ids that stood for each other.
Verdict judge(const corpus::Session& recorded, const corpus::Session& live, const JudgeOptions& options = {},
              Bindings* bindings = nullptr);

}  // namespace replay
