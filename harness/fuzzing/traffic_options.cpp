#include "harness/fuzzing/traffic_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/ip/address.hpp>

#include "corpus/redaction.h"
#include "harness/live_log.h"
#include "harness/replay_series.h"
#include "harness/session_causes.h"

namespace harness {
namespace {

namespace po = boost::program_options;

constexpr corpus::Micros kCarefulPatience = 1'000'000;
constexpr corpus::Micros kCarefulSettle = 100'000;

bool is_loopback(const std::string& host) {
  boost::system::error_code ec;
  const auto address = boost::asio::ip::make_address(host, ec);
  return ec ? host == "localhost" : address.is_loopback();
}

void redact_recording(corpus::Session& session) {
  corpus::Redactor redactor(random_key());
  for (corpus::Exchange& exchange : session.exchanges) {
    redactor.redact(exchange.request);
    if (auto* answer = std::get_if<corpus::Response>(&exchange.outcome)) redactor.redact(*answer);
  }
}

}  // namespace

void add_traffic(po::options_description& list, TrafficOptions& options, const char* what) {
  ReplayOptions& playing = options.playing;
  playing.asap = true;
  const HostPort anywhere{"127.0.0.1", 0};
  list.add_options()("session", po::value(&playing.sessions)->required()->value_name("SESSION"), what);
  add_bot(list, playing.bot);
  list.add_options()(
      "graph-listen",
      po::value(&playing.graph_listen)->default_value(anywhere, to_string(anywhere))->value_name("HOST:PORT"),
      "where the bot calls Graph")("allow-host", po::bool_switch(&options.allow_host),
                                   "also a bot that is not on this machine")(
      "patience",
      po::value(&playing.patience)->default_value({std::chrono::milliseconds(250)}, "250ms")->value_name("TIME"),
      "how long to wait for a request of the bot; ten times that to see whether a finding shows again")(
      "settle", po::value(&playing.settle)->default_value({std::chrono::milliseconds(10)}, "10ms")->value_name("TIME"),
      "how long nothing must happen at the end of a session")("no-noise", po::bool_switch(&options.no_noise),
                                                              "leave out what `rollcall learn` has learnt");
  add_comparing(list, playing.judging);
  add_answer_limit(list, playing.judging);
  add_tls(list, playing.tls);
  add_identity(list, playing.identity);
}

corpus::Result<Traffic> set_up_traffic(TrafficOptions& options, std::string_view command) {
  auto judging = judge_options(options.playing.judging, true);
  if (!judging) return std::unexpected(judging.error());
  judging->lateness_budget.reset();
  auto playing = set_up_playing(options.playing, *judging, command);
  if (!playing) return std::unexpected(playing.error());
  const Url& bot = playing->settings.bot;
  if (!options.allow_host && !is_loopback(bot.host)) {
    return std::unexpected(
        corpus::Fault{corpus::Error::invalid, "--bot " + to_string(bot),
                      "is not on this machine; --allow-host sends mutated traffic there all the same"});
  }
  Traffic traffic;
  traffic.settings = std::move(playing->settings);
  traffic.settings.limits.answer = std::chrono::milliseconds(judging->answer_limit / 1000);
  traffic.exec = std::move(playing->exec);
  traffic.judging = *judging;
  traffic.quick = {options.playing.patience.time.count(), options.playing.settle.time.count()};
  traffic.careful = {std::max(kCarefulPatience, 10 * traffic.quick.patience),
                     std::max(kCarefulSettle, 10 * traffic.quick.settle)};
  const auto& identity = traffic.settings.identity;
  traffic.tokens_checked = identity != nullptr && identity->signs_deliveries();
  return traffic;
}

corpus::Result<CleanSession> load_clean(const TrafficOptions& options, std::string_view command,
                                        const std::string& file) {
  auto session = load_for_replay(command, file);
  if (!session) return std::unexpected(session.error());
  NoiseOptions wanted;
  wanted.none = options.no_noise;
  auto noise = load_noise(wanted, file, *session);
  if (!noise) return std::unexpected(noise.error());
  CleanSession clean;
  redact_recording(*session);
  clean.seed.causes = causes_of(*session);
  clean.seed.session = std::move(*session);
  if (*noise) clean.noise = std::move(**noise);
  clean.plan =
      replay::plan_with(clean.seed.session, {options.playing.judging.count_polling}, LoadedNoise::of(clean.noise));
  return clean;
}

std::string in_shell(std::string_view argument) {
  const bool plain = !argument.empty() && std::ranges::all_of(argument, [](unsigned char c) {
    return std::isalnum(c) != 0 || std::string_view("-_./:,=@%+").find(static_cast<char>(c)) != std::string_view::npos;
  });
  if (plain) return std::string(argument);
  std::string quoted = "'";
  for (const char c : argument) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::string bot_in_shell(const TrafficOptions& options) {
  const ReplayOptions& playing = options.playing;
  std::string text;
  if (!playing.bot.bot.empty()) text += " --bot " + in_shell(playing.bot.bot);
  if (!playing.bot.command.empty()) text += " --exec " + in_shell(playing.bot.command);
  if (playing.graph_listen.port != 0) text += " --graph-listen " + in_shell(to_string(playing.graph_listen));
  if (!playing.identity.app.empty()) text += " --app-id " + in_shell(playing.identity.app);
  if (!playing.identity.tenant.empty()) text += " --tenant " + in_shell(playing.identity.tenant);
  if (!playing.identity.keys.empty()) text += " --keys " + in_shell(playing.identity.keys);
  for (const std::string& ignored : playing.judging.ignore) text += " --ignore " + in_shell(ignored);
  return text;
}

}  // namespace harness
