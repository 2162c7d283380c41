// Many mutated sessions played to one bot, or to several of a kind at once.
#pragma once

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "fuzz/session_mutator.h"
#include "harness/fuzzing/clean_session.h"
#include "harness/fuzzing/growth.h"
#include "harness/fuzzing/live_bot.h"
#include "harness/fuzzing/reactions.h"

namespace harness {

/// What is to be played, and how.
struct CampaignOptions {
  std::uint64_t seed = 0;                         ///< of the first mutated session; the next one has the next
  std::optional<std::uint64_t> runs;              ///< how many; absent: any number
  std::optional<std::chrono::microseconds> time;  ///< no new one is begun later; what was found is confirmed still
  double rate = 0;               ///< sessions begun in a second, clean ones too, at most; 0: as many as go
  std::size_t jobs = 1;          ///< bots at once, each in a process of its own
  std::size_t check_every = 10;  ///< mutated sessions between two clean ones
  Waits quick;                   ///< for mutated sessions
  Waits careful;                 ///< to see whether a finding shows again
  replay::JudgeOptions judging;
  bool tokens_checked = false;
  std::set<Trouble> until;      ///< the first finding of these kinds ends it
  std::set<int> server_errors;  ///< as in Oracle; those of the recordings are added
};

/// A fault of the bot, the first time that it shows.
struct Found {
  Symptom symptom;
  std::uint64_t seed = 0;
  const fuzz::MutatedSession* made = nullptr;
  unsigned shown = 0;  ///< when it was played again to a fresh bot
  unsigned tried = 0;
};

/// What a campaign came to.
struct Tally {
  std::uint64_t played = 0;                      ///< mutated sessions
  std::map<std::string, std::uint64_t> buckets;  ///< how often each was seen
  std::uint64_t doubtful = 0;                    ///< what was seen once, and not when it was played again
  double seconds = 0;                            ///< in all
  double playing = 0;                            ///< of these: what the busiest bot took without looking again
  bool interrupted = false;
  std::optional<corpus::Fault> fault;  ///< that ended it
};

/// Plays mutated sessions and, in between, clean ones, which have to pass. What goes wrong is played again, three times
/// and with patience: a machine that is busy is no finding. Owned by whoever fuzzes; everything happens on `io`.
class Campaign {
 public:
  using Tell = std::function<void(const Found&)>;

  Campaign(boost::asio::io_context& io, std::vector<CleanSession> clean, const fuzz::SessionMutatorOptions& mutating,
           CampaignOptions options, const ReplaySettings& settings, const std::optional<BotCommand>& exec);
  ~Campaign();

  /// Gets each new fault. Call before run().
  void on_found(Tell tell) { tell_ = std::move(tell); }
  /// Gets the tally every few seconds.
  void on_progress(std::function<void(const Tally&)> tell) { progress_ = std::move(tell); }

  /// Plays all there is to play. Runs the io_context until then.
  Tally run();
  /// Ends it in good order: nothing new is begun, what is under way is cut off.
  void stop();

 private:
  struct Lane;
  struct Prepared;
  struct Piece;
  /// What a turn is waited for: a new session is not begun once time is over.
  enum class Turn { of_new, of_known };
  struct Shown {
    unsigned times = 0, tried = 0;
  };
  /// What was seen once, and of which session; or of which several, by which clean one (of a bot that is wedged).
  struct Sighting {
    Symptom symptom;
    std::uint64_t seed = 0;
    std::vector<std::uint64_t> since = {};
    std::size_t clean = 0;
  };

  Task<void> conduct();
  Task<bool> passes_clean(Lane& lane);
  Task<void> work(Lane& lane);
  bool over() const;
  Task<void> wait_turn(Turn turn);
  Task<corpus::Result<LiveRun>> play(Lane& lane, Piece piece);
  Task<void> look_into(Lane& lane, std::uint64_t seed, std::vector<Symptom> found);
  Task<void> sight(Lane& lane, Sighting sighting);
  Task<void> confirm(Lane& lane, Sighting first);
  Task<bool> shows_again(Lane& lane, Sighting sighting);
  Task<Shown> show_again(Lane& lane, std::uint64_t seed, std::string bucket, std::optional<std::size_t> clean);
  Task<std::optional<Symptom>> look_for_wedge(Lane& lane, std::size_t which, Waits waits);
  Task<void> check(Lane& lane);
  Task<void> find_wedging(Lane& lane, Symptom symptom, std::size_t clean);
  Task<bool> wedges_again(Lane& lane, Sighting sighting);
  Task<void> watch_growth(Lane& lane);
  Task<bool> confirm_growth(Lane& lane, std::uint64_t seed, Resource resource);
  Task<std::optional<std::vector<std::int64_t>>> hold_again(Lane& lane, Piece piece, Resource resource,
                                                            std::size_t blocks);
  Task<std::optional<Symptom>> play_clean(Lane& lane, std::size_t which, Waits waits);
  std::unique_ptr<Prepared> prepare(std::uint64_t seed);
  Piece in_haste(const Prepared& prepared) const;
  Piece with_care(const Prepared& prepared) const;
  Piece clean_piece(std::size_t which, Waits waits) const;
  Oracle oracle_of(const Prepared& prepared) const;
  std::optional<std::uint64_t> take();
  void count();
  void give_up(corpus::Fault fault);
  void cut_off();
  void report(const Symptom& symptom, std::uint64_t seed, Shown shown);

  boost::asio::io_context& io_;
  std::vector<CleanSession> clean_;
  CampaignOptions options_;
  fuzz::SessionMutator mutator_;
  std::deque<Lane> lanes_;
  Tell tell_;
  std::function<void(const Tally&)> progress_;
  Tally tally_;
  Reactions reactions_;
  // By bucket that is being played again: what other lanes have seen of it meanwhile.
  std::map<std::string, std::vector<Sighting>> waiting_;
  std::uint64_t begun_ = 0;
  std::uint64_t ids_ = 0;     // of replays, so that no two have the same fresh ids
  std::uint64_t checks_ = 0;  // clean sessions so far
  // Found to grow, where once is enough, or held for so long by every session that growth says nothing.
  std::set<Resource> settled_;
  std::size_t working_ = 0;
  bool stopped_ = false;
  Clock::time_point start_;
  Clock::time_point told_;
  Clock::time_point next_;  // no session is begun before
};

}  // namespace harness
