#include <algorithm>
#include <cmath>
#include <exception>
#include <filesystem>
#include <future>
#include <set>
#include <thread>

#include "corpus/session_file.h"
#include "harness/exec_options.h"
#include "harness/judging_options.h"
#include "harness/replay_series.h"
#include "harness/session_input.h"
#include "harness/suite/rollcall/replay.h"

namespace rollcall {
namespace {

using corpus::Fault;
using corpus::Result;
using harness::Series;
using Verdict = ::replay::Verdict;

std::unexpected<Fault> fault(std::string where, std::string what) {
  return std::unexpected(Fault{corpus::Error::invalid, std::move(where), std::move(what)});
}

Result<Series> series_of(const Replay& replay) {
  harness::JudgingOptions judging;
  judging.ignore = replay.ignore;
  judging.count_polling = replay.count_polling;
  judging.answer_limit.time = replay.answer_limit;
  judging.lateness_budget.time = replay.lateness_budget.value_or(std::chrono::microseconds::max());
  auto judge = harness::judge_options(judging, replay.asap);
  if (!judge) return std::unexpected(judge.error());
  if (replay.start && !replay.exec.empty()) return fault("exec", "there is a start as well: give one of them");
  harness::ExecOptions exec{.bot = replay.bot, .command = replay.exec};
  if (!replay.exec.empty()) exec.start_limit = harness::Duration{replay.start_limit};
  if (replay.start) exec.command = "started in this program";  // for the sake of the address alone
  auto bot = harness::bot_options(exec);
  if (!bot) return std::unexpected(bot.error());
  const auto listen = harness::parse_host_port(replay.graph_listen);
  if (!listen) return fault("graph_listen", listen.error().what);
  if (!std::isfinite(replay.speed) || replay.speed <= 0) return fault("speed", "must be a number greater than 0");

  Series series;
  series.own_program = false;
  series.judging = std::move(*judge);
  if (!replay.start) series.exec = std::move(bot->exec);
  series.settings.bot = std::move(bot->url);
  series.settings.graph_listen = *listen;
  series.settings.live_path = replay.live;
  series.settings.identity = std::make_shared<harness::IdentityDouble>(harness::IdentitySettings{});
  ::replay::ScheduleOptions& schedule = series.settings.schedule;
  schedule.speed = replay.speed;
  schedule.asap = replay.asap;
  if (replay.max_gap) schedule.max_gap = replay.max_gap->count();
  schedule.patience = replay.patience.count();
  schedule.settle = replay.settle.count();
  schedule.count_polling = replay.count_polling;
  schedule.ignored = series.judging.ignored;
  return series;
}

Result<Verdict> play(const std::string& session, Series& series) {
  harness::Played played = harness::play_file(session, series);
  if (const auto* trouble = std::get_if<Fault>(&played.result.outcome)) return std::unexpected(*trouble);
  auto& verdict = std::get<Verdict>(played.result.outcome);
  if (verdict.damaged_lines != 0) return fault(session, "the file is damaged: `rollcall corpus verify` tells where");
  return std::move(verdict);
}

// The replay goes on in a thread of its own, since the caller's is the bot's: its `start`, and its `run`. What these
// throw is the caller's to catch, once the thread has ended.
Result<Verdict> play_beside_bot(const std::string& session, Series& series, const Replay& replay) {
  std::promise<std::optional<Addresses>> listens;
  std::promise<bool> started;
  bool told = false;
  bool begun = false;
  series.start = [&](const std::string& graph, const harness::Url& bot) {
    told = true;
    listens.set_value(Addresses{graph, to_string(bot), bot.host, bot.port});
    begun = started.get_future().get();
    return begun;
  };
  Result<Verdict> verdict;
  std::thread player([&] {
    verdict = play(session, series);
    if (!told) return listens.set_value(std::nullopt);
    if (begun && replay.run && replay.stop) replay.stop();
  });
  const std::optional<Addresses> addresses = listens.get_future().get();
  std::exception_ptr thrown;
  bool runs = false;
  try {
    if (addresses) replay.start(*addresses);
    runs = addresses.has_value();
    if (runs) started.set_value(true);
    if (runs && replay.run) replay.run();
  } catch (...) {
    thrown = std::current_exception();
    if (!runs) started.set_value(false);
  }
  player.join();
  if (thrown) std::rethrow_exception(thrown);
  if (addresses && !replay.run && replay.stop) replay.stop();
  return verdict;
}

// Letters, digits and underscores, which is what names of tests are made of.
std::string test_name(std::string text) {
  std::ranges::replace_if(
      text, [](char c) { return !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')); }, '_');
  return text;
}

}  // namespace

std::vector<SessionFile> sessions(const std::string& folder) {
  const auto files = harness::session_files({folder});
  if (!files) return {{"", "no_sessions", corpus::to_string(files.error())}};
  std::vector<SessionFile> found;
  std::set<std::string> names;
  for (const std::string& file : *files) {
    std::string relative = std::filesystem::path(file).lexically_relative(folder).generic_string();
    if (relative == ".") relative = std::filesystem::path(file).filename().string();  // a file, not a folder
    if (relative.ends_with(corpus::kSessionSuffix)) relative.resize(relative.size() - corpus::kSessionSuffix.size());
    std::string name = test_name(relative);
    while (!names.insert(name).second) name += "_again";
    found.push_back({file, std::move(name), ""});
  }
  return found;
}

Result<Verdict> replay(const std::string& session, const Replay& settings) {
  auto series = series_of(settings);
  if (!series) return std::unexpected(series.error());
  return settings.start ? play_beside_bot(session, *series, settings) : play(session, *series);
}

}  // namespace rollcall
