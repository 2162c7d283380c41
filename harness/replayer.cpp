#include "harness/replayer.h"

#include <boost/asio/co_spawn.hpp>
#include <utility>
#include <vector>

#include "corpus/content_coding.h"
#include "corpus/graph_path.h"
#include "corpus/manner.h"
#include "corpus/notification.h"
#include "harness/tls_options.h"
#include "harness/upstream.h"
#include "harness/version.h"

namespace harness {

namespace asio = boost::asio;

namespace {

// An exception in a coroutine is a bug, or the machine is out of memory: it ends the program, in main.
void rethrow(std::exception_ptr error) {
  if (error) std::rethrow_exception(error);
}

// What a bot gets where the recording shows that Graph failed: what the recorder gave it then.
corpus::Response failing_graph(const corpus::Failure& failure) {
  return no_answer_response(failure.reason, "The recording shows no answer to this request: " + failure.reason);
}

// What is wrong with its token is done; whoever puts the message on the wire is not to do it once more.
void forget_token(corpus::Request& request) {
  auto manner = corpus::manner_of(request.extra);
  if (!manner || !manner->token) return;
  manner->token.reset();
  corpus::set_manner(request.extra, *manner);
}

}  // namespace

HttpLimits ReplaySettings::replay_limits() {
  HttpLimits limits;
  // Graph waits five seconds. A bot that takes longer is still heard, so that the verdict can say how long it took.
  limits.answer = std::chrono::seconds(30);
  return limits;
}

Replayer::Replayer(asio::io_context& io, const corpus::Session& recorded, ReplaySettings settings)
    : io_(io),
      recorded_(recorded),
      settings_(std::move(settings)),
      connections_(settings_.connections
                       ? settings_.connections
                       : std::make_shared<BotConnections>(io, settings_.bot, settings_.limits, settings_.bot_trust)),
      wake_(io),
      ended_(io, Clock::time_point::max()) {}

Replayer::~Replayer() {
  if (settings_.connections) connections_->rest();
}

Task<corpus::Result<void>> Replayer::find_bot() {
  HttpClient& bot = connections_->bot();
  const bool there = co_await bot.reach();
  if (there) co_return corpus::Result<void>();
  co_return std::unexpected(
      corpus::Fault{corpus::Error::unreadable, to_string(settings_.bot), "no bot there: " + bot.detail()});
}

corpus::Result<std::string> Replayer::listen() {
  auto address = settings_.connections ? corpus::Result<std::string>(connections_->graph_address())
                                       : connections_->listen(settings_.graph_listen, settings_.tls, settings_.on_note);
  if (!address) return address;
  connections_->graph().hand_to([this](Call& call) { return on_bot_request(call); });
  if (const std::string warning = exposure_of("--graph-listen", *address); settings_.on_note && !warning.empty()) {
    settings_.on_note(warning);
  }
  std::string base = (settings_.tls ? "https://" : "http://") + *address;
  settings_.schedule.graph = base;
  if (settings_.proxy) {
    if (auto heard = listen_as_proxy(); !heard) return std::unexpected(heard.error());
  }
  corpus::SessionInfo info;
  info.name = recorded_.info.name;
  info.started = utc_now();
  info.bot = to_string(settings_.bot);
  info.graph = settings_.schedule.graph;
  info.origin = std::string("replayed by rollcall ") + kVersion + (settings_.step ? ", step by step" : "");
  if (settings_.live_path.empty()) {
    log_.emplace(std::move(info), settings_.redacted_later ? LiveLog::Redacting::later : LiveLog::Redacting::at_once);
  } else {
    auto log = LiveLog::create(std::move(info), settings_.live_path);
    if (!log) return std::unexpected(log.error());
    log_.emplace(std::move(*log));
  }
  stepping_.emplace(recorded_, settings_.schedule, settings_.step);
  return base;
}

Task<corpus::Result<corpus::Session>> Replayer::run() {
  anchor_ = Clock::now();
  if (!finished_) dispatch(replay::Tick{});
  while (!finished_ || under_way_ != 0) co_await ended_.async_wait(kAwait);
  if (settings_.connections) {
    connections_->rest();
  } else {
    connections_->graph().close();
  }
  if (proxy_) proxy_->close();
  log_->note(stepping_->note());
  const auto written = log_->finish(now());
  if (!written) co_return std::unexpected(written.error());
  co_return std::move(log_->session());
}

void Replayer::stop() {
  replay::Finish finish;
  perform_one(finish);
  // Each abort may end a flight, which leaves the set.
  for (HttpClient::Flight* flight : std::vector(flights_.begin(), flights_.end())) {
    if (flights_.contains(flight)) flight->abort(failure::kCutOff);
  }
}

void Replayer::bot_died(std::string how, std::vector<std::string> output) {
  if (finished_) return;
  const bool begun = anchor_ != Clock::time_point{};
  log_->died({begun ? now() : 0, std::move(how), std::move(output)});
  stop();
}

corpus::Micros Replayer::now() const {
  const Clock::time_point time = stopped_.value_or(Clock::now());
  return std::chrono::duration_cast<std::chrono::microseconds>(time - anchor_).count();
}

// Events may arise while actions are performed (a delivery may be written at once): they take their turn.
void Replayer::dispatch(replay::Event event) {
  events_.push_back(std::move(event));
  if (!dispatching_) take_turns();
}

void Replayer::decide(const replay::Decision& decision) {
  if (finished_ || stepping_->held() == nullptr) return;
  asked_ = false;
  let_time_go_on();
  dispatching_ = true;
  perform_all(stepping_->decide(decision, now()));
  take_turns();
}

void Replayer::take_turns() {
  dispatching_ = true;
  let_time_go_on();
  while (!events_.empty()) {
    const replay::Event next = std::move(events_.front());
    events_.pop_front();
    if (!finished_) perform_all(stepping_->handle(next, now()));
  }
  dispatching_ = false;
  if (!finished_ && stepping_->held() != nullptr) hold();
}

void Replayer::hold() {
  if (stepping_->stands_still()) {
    stopped_ = Clock::now();
    wake_.cancel();
  }
  if (asked_) return;
  asked_ = true;
  ask_();
}

void Replayer::let_time_go_on() {
  if (!stopped_) return;
  anchor_ += Clock::now() - *stopped_;
  stopped_.reset();
}

void Replayer::perform_all(std::vector<replay::Action> actions) {
  for (replay::Action& action : actions) std::visit([this](auto& what) { perform_one(what); }, action);
}

void Replayer::perform_one(replay::Deliver& action) {
  ++under_way_;
  asio::co_spawn(io_.get_executor(), deliver(std::move(action)), rethrow);
}

void Replayer::perform_one(replay::Answer& action) {
  const auto found = waiting_.find(action.token);
  if (found == waiting_.end()) return dispatch(replay::BotAnswered{action.token});  // the bot has left meanwhile
  found->second->outcome = std::move(action.outcome);
  found->second->answered.cancel();
}

void Replayer::perform_one(replay::WaitUntil& action) {
  wake_.expires_at(anchor_ + std::chrono::microseconds(action.time));
  wake_.async_wait([this](boost::system::error_code ec) {
    if (!ec) dispatch(replay::Tick{});
  });
}

// Requests that the recording leaves without an answer are let go without one.
void Replayer::perform_one(replay::Finish&) {
  finished_ = true;
  wake_.cancel();
  for (auto& [token, waiting] : waiting_) waiting->answered.cancel();
  ended_.cancel();
}

void Replayer::ended_one() {
  --under_way_;
  if (finished_ && under_way_ == 0) ended_.cancel();
}

Task<void> Replayer::deliver(replay::Deliver action) {
  const corpus::Micros started = now();
  std::optional<std::size_t> logged;
  const auto written = [&] {
    logged = log_->request(corpus::Leg::webhook, action.request, now(), action.due, action.by_hand);
    dispatch(replay::DeliverySent{action.exchange});
  };
  HttpClient& bot = connections_->bot();
  HttpClient::Wire wire;
  if (sign(action)) {
    corpus::Request ready = action.request;
    forget_token(ready);
    bot.prepare(ready, wire);
  } else {
    bot.prepare(action.request, wire);
  }
  HttpClient::Flight flight;
  flights_.insert(&flight);
  corpus::Outcome outcome;
  co_await bot.send(wire, outcome, written, &flight);
  flights_.erase(&flight);
  if (!logged) logged = log_->request(corpus::Leg::webhook, action.request, started, action.due, action.by_hand);
  replay::DeliveryEnded ended{action.exchange, {}};
  if (const auto* response = std::get_if<corpus::Response>(&outcome)) ended.response = *response;
  if (ended.response) corpus::decode_body(*ended.response);
  log_->outcome(*logged, std::move(outcome), now());
  dispatch(std::move(ended));
  ended_one();
}

// Only what the platform sends has a token: people who start a call have none of Graph's. False if it got none from us.
bool Replayer::sign(replay::Deliver& action) {
  if (!settings_.identity || !settings_.identity->signs_deliveries()) return false;
  const auto recorded = find_header(action.request.headers, "Authorization");
  const bool from_platform =
      (recorded && recorded->starts_with("Bearer ")) || corpus::parse_notifications(action.request.body).has_value();
  if (!from_platform) return false;
  const auto manner = corpus::manner_of(action.request.extra);
  const auto signed_well = settings_.identity->authorize(action.request.headers, manner ? manner->token : std::nullopt);
  if (!signed_well && settings_.on_note) settings_.on_note(corpus::to_string(signed_well.error()));
  return signed_well.has_value();
}

// The bot's own token and the keys are the identity double's business, and no part of the call.
// `origin`: what comes before the target in the log.
bool Replayer::answer_by_identity(Call& call, std::string_view base, std::string_view origin) {
  if (finished_ || !settings_.identity) return false;
  corpus::Request& request = call.exchange.request;
  auto answer = settings_.identity->answer(request, base);
  if (!answer) return false;
  request.target.insert(0, origin);
  const std::size_t logged = log_->request(corpus::Leg::graph, std::move(request), now());
  call.answer(*answer);
  log_->outcome(logged, std::move(*answer), now());
  return true;
}

Task<void> Replayer::on_bot_request(Call& call) {
  const std::string host(find_header(call.exchange.request.headers, "Host").value_or(""));
  if (finished_ || answer_by_identity(call, (settings_.tls ? "https://" : "http://") + host, "")) co_return;
  const corpus::Request& asked = call.exchange.request;
  requests_ += corpus::is_polling(asked.method, corpus::parse_graph_path(asked.target)) ? 0 : 1;
  restless_ = settings_.most_requests != 0 && requests_ > settings_.most_requests;
  if (restless_) co_return stop();
  ++under_way_;
  const std::uint64_t token = ++last_token_;
  Waiting waiting{Timer(io_, Clock::time_point::max()), {}};
  waiting_.emplace(token, &waiting);
  call.when_caller_leaves([&waiting] {
    waiting.outcome = corpus::Failure{std::string(failure::kCallerClosed)};
    waiting.answered.cancel();
  });
  const std::size_t logged = log_->request(corpus::Leg::graph, call.exchange.request, now());
  corpus::decode_body(call.exchange.request);
  dispatch(replay::BotAsked{token, std::move(call.exchange.request)});
  while (!waiting.outcome && !finished_) co_await waiting.answered.async_wait(kAwait);
  waiting_.erase(token);
  call.when_caller_leaves(nullptr);
  const corpus::Failure* failed = waiting.outcome ? std::get_if<corpus::Failure>(&*waiting.outcome) : nullptr;
  const bool left = failed != nullptr && failed->reason == failure::kCallerClosed;
  if (left) log_->outcome(logged, std::move(*waiting.outcome), now());
  if (!waiting.outcome || left) {
    ended_one();
    co_return;
  }
  if (const auto* response = std::get_if<corpus::Response>(&*waiting.outcome)) call.answer(*response);
  if (failed != nullptr) call.answer(failing_graph(*failed));
  call.when_answered([this, token, logged, outcome = std::move(*waiting.outcome)]() mutable {
    log_->outcome(logged, std::move(outcome), now());
    dispatch(replay::BotAnswered{token});
    ended_one();
  });
}

}  // namespace harness
