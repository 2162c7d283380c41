#include "harness/replay_series.h"

#include <boost/asio/basic_signal_set.hpp>
#include <boost/asio/co_spawn.hpp>
#include <csignal>
#include <filesystem>
#include <random>

#include "corpus/content_coding.h"
#include "corpus/describe.h"
#include "corpus/manner.h"
#include "corpus/playable.h"
#include "harness/judging_options.h"
#include "harness/print.h"
#include "harness/report_files.h"
#include "harness/session_input.h"
#include "harness/stepper.h"
#include "replay/repeat.h"
#include "replay/report.h"
#include "replay/session_page.h"

namespace harness {
namespace {

namespace asio = boost::asio;
using Signals = asio::basic_signal_set<Executor>;

constexpr std::string_view kCommand = "replay";

// Two replays must not make the same fresh ids, unless they are asked to.
std::uint64_t seed_by_chance() {
  std::random_device random;
  return std::uint64_t{random()} << 32 | random();
}

// How often another port is tried if somebody else takes the one that was free before the bot does. Twice in a row is
// bad luck, more is a machine on which something is wrong.
constexpr int kPortsTried = 5;

// As long as --start-limit is if nobody says otherwise; how often the bot is looked for meanwhile.
constexpr std::chrono::seconds kStartLimit{30};
constexpr std::chrono::milliseconds kAgain{10};

// One replay, the bot if it is to be started for it, and what ends both early. Whatever it is given must outlive it.
class Run {
 public:
  Run(asio::io_context& io, const corpus::Session& session, const ReplaySettings& settings, const Series& series)
      : io_(io),
        series_(series),
        url_(settings.bot),
        replayer_(io, session, settings),
        signals_(io.get_executor()),
        redraw_(io) {
    if (settings.step) stepper_.emplace(io, session, replayer_, settings.schedule.count_polling);
    if (series.exec) bot_.emplace(io, *series.exec, settings.bot);
    if (!series.own_program) return;
    signals_.add(SIGINT);
    signals_.add(SIGTERM);
  }

  /// The live session, which is only the beginning of one if it was interrupted, or why there is none; `at` is where
  /// the Graph double listens.
  corpus::Result<corpus::Session> play(const std::string& at) {
    if (series_.own_program) await_signal();
    asio::co_spawn(io_.get_executor(), play_out(at), [](const std::exception_ptr& error) {
      if (error) std::rethrow_exception(error);
    });
    io_.run();
    if (series_.progress != nullptr) series_.progress->erase();
    return std::move(live_);
  }

  bool interrupted() const { return interruptions_ != 0; }
  bool played() const { return playing_; }
  bool lost_port() const { return bot_ && bot_->lost_port(); }
  Replayer& replayer() { return replayer_; }

 private:
  // The first signal lets the live session be ended in good order, once there is one; the second ends it at once.
  void await_signal() {
    signals_.async_wait([this](boost::system::error_code ec, int number) {
      if (ec) return;
      if (number == SIGINT && stepper_ && stepper_->editing()) return await_signal();  // typed to the editor
      if (++interruptions_ > 1 || (!playing_ && !bot_)) return io_.stop();
      if (bot_) bot_->give_up();
      if (playing_) replayer_.stop();
      await_signal();
    });
  }

  Task<void> play_out(std::string at) {
    const auto there = co_await bot_is_there(at);
    if (!there) {
      live_ = std::unexpected(there.error());
    } else if (interruptions_ == 0) {
      const std::string& proxy = replayer_.proxy_address();
      if (series_.own_program) print("ready graph={}{}{}\n", at, proxy.empty() ? "" : " proxy=http://", proxy);
      (void)flush_results();  // main looks again
      playing_ = true;
      draw_progress();
      live_ = co_await replayer_.run();
    }
    if (bot_) co_await end_bot();
    io_.stop();
  }

  void draw_progress() {
    if (series_.progress == nullptr || !series_.progress->shown()) return;
    series_.progress->draw();
    redraw_.expires_after(std::chrono::seconds(1));
    redraw_.async_wait([this](boost::system::error_code ec) {
      if (!ec) draw_progress();
    });
  }

  Task<corpus::Result<void>> bot_is_there(const std::string& graph) {
    if (bot_) {
      bot_->when_died([this](const BotEnd& end) { replayer_.bot_died(to_string(end.how), end.output); });
      const std::string& proxy = replayer_.proxy_address();
      Doubles doubles{graph, proxy.empty() ? "" : "http://" + proxy};  // named, for g++ 12
      const auto started = co_await bot_->start(std::move(doubles));
      if (!started) co_return started;
    }
    if (series_.start && !series_.start(graph, url_)) {
      co_return std::unexpected(corpus::Fault{corpus::Error::unreadable, to_string(url_), "the bot was not started"});
    }
    // One that was started in a thread of our own program may take a while, like any other.
    const Clock::time_point deadline = Clock::now() + (series_.start ? kStartLimit : std::chrono::seconds(0));
    for (;;) {
      auto found = co_await replayer_.find_bot();
      if (found || Clock::now() >= deadline) co_return found;
      Timer again(io_, kAgain);
      co_await again.async_wait(kAwait);
    }
  }

  // What a bot leaves with when it is asked to end is no finding: runtimes have their own ways. But leaks are told of
  // then, and a crash at the end is one.
  Task<void> end_bot() {
    const bool died = bot_->ended().has_value();
    const bool obeyed = co_await bot_->end();
    if (died) co_return;
    if (!obeyed) say("rollcall {}: --exec: the bot did not end when it was asked to, and was killed\n", kCommand);
    const auto end = bot_->ended();
    if (!obeyed || !end || is_usual_after_terminate(end->how)) co_return;
    say("rollcall {}: --exec: the bot was asked to end and left with {}; its last output:\n", kCommand,
        to_string(end->how));
    for (const std::string& line : end->output) say("  {}\n", corpus::printable(line));
  }

  asio::io_context& io_;
  const Series& series_;
  Url url_;
  Replayer replayer_;
  std::optional<Stepper> stepper_;
  std::optional<BotProcess> bot_;
  Signals signals_;
  Timer redraw_;
  corpus::Result<corpus::Session> live_;
  int interruptions_ = 0;
  bool playing_ = false;
};

// The live session of a run that came to an end, maybe because a person wanted no more of it.
corpus::Result<corpus::Session> play(const corpus::Session& session, Series& series, int ports_left = kPortsTried) {
  series.settings.schedule.seed = series.seed ? *series.seed : seed_by_chance();
  series.settings.schedule.noise = series.judging.noise;
  asio::io_context io(1);
  ReplaySettings settings = series.settings;
  const auto bot = with_free_port(settings.bot);
  if (!bot) return std::unexpected(bot.error());
  settings.bot = *bot;
  Run run(io, session, settings, series);
  const auto address = run.replayer().listen();
  if (!address) return std::unexpected(address.error());
  series.settings.graph_listen.port = parse_url(*address)->port;
  if (series.settings.proxy) series.settings.proxy->listen.port = parse_host_port(run.replayer().proxy_address())->port;
  corpus::Result<corpus::Session> live = run.play(*address);
  series.interrupted = run.interrupted();
  std::error_code ignored;  // a live file of nothing would only be in the way of the next try
  if (!run.played() && !series.settings.live_path.empty()) std::filesystem::remove(series.settings.live_path, ignored);
  const bool may_choose = series.settings.bot.port == 0 && ports_left > 1 && !series.interrupted;
  if (may_choose && run.lost_port()) return play(session, series, ports_left - 1);
  if (series.interrupted) {
    return std::unexpected(corpus::Fault{corpus::Error::unreadable, session.path, "interrupted: there is no verdict"});
  }
  return live;
}

// One session from start to verdict.
corpus::Result<replay::Verdict> replay_one(const corpus::Session& session, Series& series, std::string& page) {
  const corpus::Result<corpus::Session> live = play(session, series);
  if (!live) return std::unexpected(live.error());
  replay::Verdict verdict = replay::judge(session, *live, series.judging);
  if (series.paged) page = replay::session_page(session, *live, verdict);
  return verdict;
}

// One session as often as was asked for. The page is of the first run that differs, or else of the first.
corpus::Result<replay::Verdict> replay_all(const corpus::Session& session, Series& series, std::string& page) {
  std::vector<replay::Verdict> verdicts;
  bool differed = false;
  for (unsigned run = 1; run <= series.repeat; ++run) {
    std::string shown;
    auto verdict = replay_one(session, series, shown);
    if (!verdict) return verdict;
    const bool differs = verdict->judgement == replay::Judgement::different;
    if (run == 1 || (differs && !differed)) page = std::move(shown);
    differed = differed || differs;
    if (series.repeat > 1) say("run {} of {}: {}\n", run, series.repeat, replay::to_string(verdict->judgement));
    verdicts.push_back(std::move(*verdict));
  }
  return replay::combine(verdicts);
}

}  // namespace

corpus::Result<corpus::Session> play_once(const corpus::Session& session, Series& series) {
  return play(session, series);
}

corpus::Result<corpus::Session> load_for_replay(std::string_view command, const std::string& file) {
  auto session = load_session(command, file);
  if (!session) return session;
  corpus::decode_bodies(*session);  // ids have to be found and replaced in them
  if (const auto carried = corpus::check_playable(*session); !carried) return std::unexpected(carried.error());
  if (const auto playable = corpus::check_manners(*session); !playable) return std::unexpected(playable.error());
  if (!session->exchanges.empty()) return session;
  return std::unexpected(corpus::Fault{corpus::Error::invalid, file, "there is no exchange in it: nothing to replay"});
}

Played play_file(const std::string& file, Series& series) {
  Played played{.result = {.file = file, .name = "", .took = 0, .outcome = corpus::Fault{}}};
  const auto session = load_for_replay(kCommand, file);
  if (!session) {
    played.result.outcome = session.error();
    return played;
  }
  played.result.name = session->info.name;
  const auto noise = load_noise(series.noise, file, *session);
  if (!noise) {
    played.result.outcome = noise.error();
    return played;
  }
  series.judging.noise = LoadedNoise::of(*noise);
  auto verdict = replay_all(*session, series, played.result.page);
  series.judging.noise = nullptr;
  played.status = verdict ? status_of(*verdict) : environment;
  if (verdict) {
    verdict->noise = LoadedNoise::use_of(*noise);
    played.result.outcome = std::move(*verdict);
  } else {
    played.result.outcome = verdict.error();
  }
  return played;
}

void show(const Played& played, const replay::TextStyle& style) {
  if (const auto* fault = std::get_if<corpus::Fault>(&played.result.outcome)) {
    fail(kCommand, *fault, played.status);
    write_result(annotations_here(played.result));
    return;
  }
  print("{}", replay::report_text(std::get<replay::Verdict>(played.result.outcome), played.result.file, style));
  write_result(annotations_here(played.result));
  (void)flush_results();  // main looks again
}

}  // namespace harness
