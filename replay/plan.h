// What a recording demands of a replay: which message waits for which, and for how long.
//
// The rules, with their reasons, are on the page replay/RULES.md.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "corpus/exchange.h"

namespace replay {

/// Where the place of an exchange in its session would stand: no exchange.
inline constexpr std::size_t kNone = static_cast<std::size_t>(-1);

/// The two moments of an exchange that something can wait for.
enum class Phase { sent, ended };

/// Something that has to have happened before a delivery may go out.
struct Cause {
  std::size_t exchange = 0;  ///< index in Session::exchanges
  Phase phase = Phase::sent;
  bool carries_gap = false;  ///< the recorded time since it is kept; otherwise it only comes first
  corpus::Micros gap = 0;    ///< recorded time from the cause to the delivery; 0 unless carries_gap
  std::string id;            ///< the id that ties the two; empty: they are about the same call

  bool operator==(const Cause&) const = default;
};

/// What an exchange is to the player.
enum class Role {
  delivery,  ///< the player sends it
  request,   ///< the bot has to send it
  polling,   ///< the bot may send it, as often as it likes
};

/// One exchange of the recording, as the player sees it.
struct Step {
  Role role = Role::delivery;
  std::vector<Cause> causes;       ///< of a delivery; empty: its time counts from the start of the session
  std::vector<std::string> calls;  ///< the calls that the exchange is about, canonical
  corpus::Micros think = 0;        ///< of a request: recorded time since told_by: the bot was told it then
  bool optional = false;           ///< it need not happen (replay/noise.h), and is judged only if it does
  /// Of a request: the exchange by which it was told that (told.h), else the last by which it was told anything.
  std::optional<std::size_t> told_by = {};
};

/// What make_plan() needs to know.
struct PlanOptions {
  bool count_polling = false;  ///< treat polling like every other request
};

/// The whole plan; steps stand beside Session::exchanges, index for index.
struct Plan {
  std::vector<Step> steps;
  std::vector<std::string>
      minted;  ///< ids (canonical GUIDs) that Graph made for this session: a replay makes fresh ones
};

/// Derives the plan of a recording in one pass over its events in order of time. Takes time linear in its size.
Plan make_plan(const corpus::Session& recorded, const PlanOptions& options = {});

/// One moment of a session.
struct Moment {
  corpus::Micros time = 0;
  std::size_t exchange = 0;
  Phase phase = Phase::sent;
};

/// Every request and outcome of a session in order of time; equal times in order of the file.
std::vector<Moment> moments_of(const corpus::Session& session);

}  // namespace replay
