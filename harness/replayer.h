// Plays one recording against a live bot, standing in for Graph.
#pragma once

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "corpus/exchange.h"
#include "harness/address.h"
#include "harness/bot_connections.h"
#include "harness/identity_double.h"
#include "harness/live_log.h"
#include "harness/net.h"
#include "harness/proxy.h"
#include "harness/service_doubles.h"
#include "replay/stepping.h"

namespace harness {

/// Where and how to replay.
struct ReplaySettings {
  Url bot;                           ///< deliveries go below it
  HostPort graph_listen;             ///< the Graph double listens there
  replay::ScheduleOptions schedule;  ///< its `graph` is set by listen()
  HttpLimits limits = replay_limits();
  std::string live_path;                        ///< the live session is written there as it comes about; empty: nowhere
  TlsContext tls;                               ///< of the Graph double; null: it is plain HTTP
  TlsContext bot_trust;                         ///< for a bot behind https; null: as HttpClient has it
  std::optional<ProxySettings> proxy;           ///< a second way to the Graph double; its notes are ours
  ServiceDoubles services = absent_services();  ///< for what comes to the proxy and is not meant for Graph
  /// Answers the bot's requests to identity services, and signs deliveries; null: the recording answers, and the
  /// deliveries' tokens are what it has. Shared by replays that follow each other, as the bot keeps the keys.
  std::shared_ptr<IdentityDouble> identity;
  /// Those that listen already, for `bot`; null: the replay makes its own.
  std::shared_ptr<BotConnections> connections;
  /// Gets a line for a person for each caller that the Graph double or the proxy has refused, and the like.
  std::function<void(const std::string&)> on_note;
  std::size_t most_requests = 0;  ///< of the bot's, polling aside: behind them the replay ends; 0: any number
  /// The live session is handed over as it was, for whoever redacts it before anybody sees it; not with a file.
  bool redacted_later = false;
  bool step = false;  ///< hold each delivery until decide() is called: see replay/stepping.h

  static HttpLimits replay_limits();
};

/// Performs what a scheduler decides: sends deliveries, answers the bot as the Graph double, and notes down what
/// happens. All decisions are the scheduler's. Each replayer has its own scheduler, double, bindings and log, so that
/// many can run at once on one io_context. The recording must outlive it, and run() must have ended before it is
/// destroyed.
class Replayer {
 public:
  Replayer(boost::asio::io_context& io, const corpus::Session& recorded, ReplaySettings settings);
  ~Replayer();
  Replayer(const Replayer&) = delete;
  Replayer& operator=(const Replayer&) = delete;

  /// Opens the live file and starts the Graph double; returns its base URL. Call once, before run(). With a proxy, the
  /// bot is taken to call Graph by its own name, and reads that name in answers.
  corpus::Result<std::string> listen();
  /// Where the proxy listens, "127.0.0.1:41233"; empty if there is none.
  const std::string& proxy_address() const { return proxy_address_; }

  /// Whether somebody takes connections where the bot should be: a replay to nobody would find every request missing,
  /// true and useless. The fault says why not, also if it is the bot's certificate.
  Task<corpus::Result<void>> find_bot();

  /// Plays the recording to its end and returns the live session. A fault if the live file could not be written.
  Task<corpus::Result<corpus::Session>> run();

  /// The bot's process has ended: notes that down, and ends the replay, for nobody is left to play to. `how` and
  /// `output` as in replay::Death. Nothing once the replay is over.
  void bot_died(std::string how, std::vector<std::string> output);

  /// Ends the replay early: deliveries under way are cut off, and run() returns soon with what there is. May be called
  /// at any time on the io_context's thread.
  void stop();

  /// Whether ReplaySettings::most_requests ended it.
  bool restless() const { return restless_; }

  /// Step by step: `ask` is called whenever there is a delivery to be decided about, anew after each decision.
  void on_hold(std::function<void()> ask) { ask_ = std::move(ask); }
  /// That delivery; null if there is none. Valid until the io_context's next turn.
  const replay::Deliver* held() const { return stepping_->held(); }
  /// Gives it another body.
  void edit(std::string body) { stepping_->edit(std::move(body)); }
  /// Goes on with it. Does nothing if the replay is over.
  void decide(const replay::Decision& decision);
  /// What has become of the deliveries so far, and what they wait for.
  const replay::Stepping& stepping() const { return *stepping_; }

 private:
  // A request of the bot that waits for its answer.
  struct Waiting {
    Timer answered;
    std::optional<corpus::Outcome> outcome;
  };

  corpus::Result<void> listen_as_proxy();
  Task<void> on_bot_request(Call& call);
  bool answer_by_identity(Call& call, std::string_view base, std::string_view origin);
  bool sign(replay::Deliver& action);
  Task<void> on_proxied_request(Call& call, Url origin);
  Task<void> on_service_request(Call& call, const ServiceDouble& service);
  Task<void> deliver(replay::Deliver action);
  void dispatch(replay::Event event);
  void perform_all(std::vector<replay::Action> actions);
  void take_turns();
  void hold();
  void let_time_go_on();
  void perform_one(replay::Deliver& action);
  void perform_one(replay::Answer& action);
  void perform_one(replay::WaitUntil& action);
  void perform_one(replay::Finish& action);
  void ended_one();
  corpus::Micros now() const;

  boost::asio::io_context& io_;
  const corpus::Session& recorded_;
  ReplaySettings settings_;
  std::shared_ptr<BotConnections> connections_;
  std::optional<Proxy> proxy_;
  std::string proxy_address_;
  std::optional<replay::Stepping> stepping_;
  std::function<void()> ask_;
  bool asked_ = false;  // about the delivery that is held
  std::optional<LiveLog> log_;
  std::deque<replay::Event> events_;
  bool dispatching_ = false;
  std::unordered_map<std::uint64_t, Waiting*> waiting_;  // by token; owned by the coroutines that wait
  std::uint64_t last_token_ = 0;
  std::unordered_set<HttpClient::Flight*> flights_;  // deliveries under way; owned by their coroutines
  Timer wake_;                                       // for the scheduler's next time
  Timer ended_;  // wakes run(): cancelled when the replay is over and nothing is under way
  std::size_t under_way_ = 0;
  bool finished_ = false;
  std::size_t requests_ = 0;  // of the bot's, polling aside
  bool restless_ = false;
  Clock::time_point anchor_;                  // when the replay started; later by what time stood still
  std::optional<Clock::time_point> stopped_;  // since when time stands still
};

}  // namespace harness
