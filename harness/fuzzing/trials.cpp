#include "harness/fuzzing/trials.h"

#include <fmt/format.h>

#include <filesystem>
#include <utility>

#include "harness/fuzzing/finding_file.h"
#include "harness/print.h"

namespace harness {

Trials::Trials(boost::asio::io_context& io, const CleanSession& clean, const Traffic& traffic,
               const TrafficOptions& command_line, TrialOptions options)
    : clean_(clean),
      traffic_(traffic),
      command_line_(command_line),
      options_(std::move(options)),
      bot_(io, traffic.settings, traffic.exec) {}

void Trials::stop() {
  stopped_ = true;
  bot_.stop();
}

void Trials::give_up(corpus::Fault fault) {
  if (!stopped_) fault_ = std::move(fault);
  stopped_ = true;
}

// In haste first; what fails is played again with patience, each time to a fresh bot.
Task<std::optional<TrialResult>> Trials::play(const Trial& trial) {
  auto symptom = co_await look(trial, traffic_.quick);
  unsigned shown = 0;
  const bool spoilt = symptom && symptom->trouble == Trouble::wedged && !bot_.is_ours();
  for (unsigned i = 0; symptom && !spoilt && i < options_.repeats && !stopped_; ++i) {
    co_await bot_.end();
    const auto again = co_await look(trial, traffic_.careful);
    if (!again) continue;
    ++shown;
    if (!leaves_no_doubt(symptom->trouble)) symptom = again;
  }
  if (symptom) co_await bot_.end();
  if (stopped_) co_return std::nullopt;
  if (symptom && shown == 0 && !spoilt && !leaves_no_doubt(symptom->trouble)) symptom.reset();
  TrialResult result;
  if (symptom) {
    result = {symptom->bucket(), shown};
    tell(trial, *symptom, shown);
    const corpus::Fault wedged{corpus::Error::invalid, "--bot", "the bot is wedged: start it again"};
    if (spoilt) give_up(wedged);
  }
  co_return result;
}

Task<std::optional<Symptom>> Trials::look(const Trial& trial, Waits waits) {
  const std::unique_ptr<replay::Noise> noise = noise_for(clean_, trial.session);
  const replay::Plan plan = plan_for(clean_, trial.session, noise.get(), {traffic_.judging.count_polling}, trial.legal);
  const Knowledge known{noise.get(), &plan};
  auto run = co_await bot_.play(trial.session, waits, ++ids_, known);
  if (!run) give_up(run.error());
  if (stopped_) co_return std::nullopt;
  Oracle oracle{traffic_.judging, trial.legal, traffic_.tokens_checked, server_errors_in(clean_.seed.session)};
  oracle.judging.noise = known.noise;
  oracle.judging.plan = known.plan;
  auto found = symptoms_of(trial.session, *run, oracle);
  if (!found.empty()) co_return std::move(found.front());
  if (!trial.checked || !clean_passes_) co_return std::nullopt;
  // A wedged bot stays so, while what it still did about the session before comes once.
  auto behind = co_await look_behind(waits);
  if (behind && !stopped_) behind = co_await look_behind(traffic_.careful);
  co_return behind;
}

Task<std::optional<Symptom>> Trials::look_behind(Waits waits) {
  const Knowledge known{LoadedNoise::of(clean_.noise), &clean_.plan};
  auto run = co_await bot_.play(clean_.seed.session, waits, ++ids_, known);
  if (!run) give_up(run.error());
  if (stopped_) co_return std::nullopt;
  replay::JudgeOptions judging = traffic_.judging;
  judging.noise = known.noise;
  judging.plan = known.plan;
  co_return wedged(clean_.seed.session, *run, judging);
}

Task<bool> Trials::passes_clean() {
  co_await bot_.end();
  const auto symptom = co_await look_behind(traffic_.careful);
  clean_passes_ = !stopped_ && !symptom;
  co_return clean_passes_;
}

// What is told of a bot that was started afresh is done again by a replay; a wedged one shows it in the session behind.
std::string Trials::repeat(const std::string& path, const Symptom& symptom) const {
  const std::string bot = bot_in_shell(command_line_);
  if (symptom.trouble != Trouble::wedged) return fmt::format("rollcall replay {} --asap{}", in_shell(path), bot);
  return fmt::format("rollcall shrink {} --clean {}{}", in_shell(path), in_shell(options_.recording), bot);
}

// The first of each kind.
void Trials::tell(const Trial& trial, const Symptom& symptom, unsigned shown) {
  if (!told_.insert(symptom.bucket()).second) return;
  std::string repeated;
  if (!options_.findings.empty()) {
    const std::string path = finding_path(options_.findings, symptom);
    std::error_code ec;
    std::filesystem::create_directories(options_.findings, ec);
    const FindingNote note{symptom.bucket(), trial.legal, options_.seed, {trial.what}};
    const bool there = std::filesystem::exists(path, ec);
    const auto written = there ? corpus::Result<void>() : write_finding(path, trial.session, note);
    if (!written) return give_up(written.error());
    repeated = fmt::format("  repeat: {}\n", repeat(path, symptom));
  }
  print("finding: {}: {}\n  in {}, again {} of {} times\n{}", symptom.bucket(), symptom.detail, trial.what, shown,
        options_.repeats, repeated);
  (void)flush_results();  // main looks again
}

}  // namespace harness
