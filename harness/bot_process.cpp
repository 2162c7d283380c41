#include "harness/bot_process.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <fstream>

#include "corpus/describe.h"
#include "harness/http_client.h"
#include "harness/output_tail.h"

namespace harness {

namespace asio = boost::asio;
using std::chrono::milliseconds;

namespace {

// How long it takes at most until the end of a bot is noticed, and how often an address is tried.
constexpr milliseconds kLook{20};
constexpr milliseconds kTry{10};
// A process closes its output a moment before it can be seen to have ended. One that goes on after that has closed it
// on purpose.
constexpr int kCloseLooks = 100;
constexpr milliseconds kCloseLook{1};
// What the system may take for its side of killing.
constexpr milliseconds kKilled{2'000};
// Reads in one go: more than a pipe holds, so that nothing is left of a bot that has ended; not endless, since it may
// write faster than we read.
constexpr int kReads = 16;

void rethrow(const std::exception_ptr& error) {
  if (error) std::rethrow_exception(error);
}

std::unexpected<corpus::Fault> fault(std::string what) {
  return std::unexpected(corpus::Fault{corpus::Error::unreadable, "--exec", std::move(what)});
}

Task<void> pause(asio::io_context& io, milliseconds time) {
  Timer timer(io, time);
  co_await timer.async_wait(kAwait);
}

// Opens and closes a listener there.
boost::system::error_code try_port(Url& bot) {
  asio::io_context io(1);
  boost::system::error_code ec;
  asio::ip::basic_resolver<Tcp, Executor> resolver(io.get_executor());
  const auto found = resolver.resolve(bot.host, std::to_string(bot.port), ec);
  if (ec) return ec;
  const Tcp::endpoint endpoint = found.begin()->endpoint();
  TcpAcceptor acceptor(io);
  acceptor.open(endpoint.protocol(), ec);
  if (!ec) acceptor.set_option(asio::socket_base::reuse_address(true), ec);
  if (!ec) acceptor.bind(endpoint, ec);
  if (!ec) acceptor.listen(1, ec);
  if (!ec) bot.port = acceptor.local_endpoint(ec).port();
  return ec;
}

std::string quoted(const std::vector<std::string>& output) {
  if (output.empty()) return "; it said nothing";
  std::string text = "; its last output:";
  for (const std::string& line : output) text += "\n  " + corpus::printable(line);
  return text;
}

}  // namespace

struct BotProcess::State {
  State(asio::io_context& context, BotCommand what, Url where)
      : io(context), command(std::move(what)), bot(std::move(where)), tail(command.kept_lines) {}

  asio::io_context& io;
  BotCommand command;
  Url bot;
  OutputTail tail;
  std::ofstream log;
  std::optional<ChildProcess> child;
  std::optional<asio::posix::basic_stream_descriptor<Executor>> pipe;
  std::optional<BotEnd> end;
  std::function<void(const BotEnd&)> died;
  bool closed = false;  // its output
  int close_looks = 0;
  bool ending = false;
  bool given_up = false;
  bool lost_port = false;

  corpus::Result<void> run(const Doubles& doubles);
  void wrote(std::string_view bytes);
  void read_some();
  std::string address() const { return to_string(bot); }

  static Task<void> read(std::shared_ptr<State> state);
  static Task<void> watch(std::shared_ptr<State> state);
  static Task<corpus::Result<void>> start(std::shared_ptr<State> state, Doubles doubles);
  static Task<corpus::Result<void>> await_listening(std::shared_ptr<State> state);
  static Task<bool> finish(std::shared_ptr<State> state);
};

corpus::Result<void> BotProcess::State::run(const Doubles& doubles) {
  if (!command.log_path.empty()) {
    log.open(command.log_path, std::ios::binary | std::ios::app);
    if (!log) return fault(fmt::format("cannot write its output to {}", command.log_path));
  }
  ChildProcess::Environment told{{"ROLLCALL_GRAPH_URL", doubles.graph},
                                 {"ROLLCALL_BOT_URL", address()},
                                 {"ROLLCALL_BOT_HOST", bot.host},
                                 {"ROLLCALL_BOT_PORT", std::to_string(bot.port)}};
  if (!doubles.proxy.empty()) told.emplace_back("ROLLCALL_PROXY_URL", doubles.proxy);
  auto started = ChildProcess::start(with_addresses(command.command, bot, doubles), told);
  if (!started) return std::unexpected(started.error());
  child.emplace(std::move(*started));
  pipe.emplace(io.get_executor(), child->take_output());
  pipe->non_blocking(true);
  return {};
}

void BotProcess::State::wrote(std::string_view bytes) {
  tail.add(bytes);
  if (log.is_open()) log.write(bytes.data(), static_cast<std::streamsize>(bytes.size())).flush();
}

void BotProcess::State::read_some() {
  std::array<char, 65536> bytes;
  boost::system::error_code ec;
  for (int i = 0; i < kReads && !ec && pipe->is_open(); ++i) {
    const std::size_t count = pipe->read_some(asio::buffer(bytes), ec);
    wrote({bytes.data(), count});
  }
  if (!ec || ec == asio::error::would_block || closed) return;
  closed = true;
  close_looks = kCloseLooks;
}

// Waits here and reads there, so that nothing is ever on its way from one to the other when the bot has ended.
Task<void> BotProcess::State::read(std::shared_ptr<State> state) {
  while (state->pipe->is_open() && !state->closed) {
    auto [ec] = co_await state->pipe->async_wait(asio::posix::descriptor_base::wait_read, kAwait);
    if (ec) co_return;
    state->read_some();
  }
}

Task<void> BotProcess::State::watch(std::shared_ptr<State> state) {
  while (state->child) {
    if (const auto how = state->child->ended()) {
      state->read_some();
      state->end = BotEnd{*how, state->tail.lines()};
      const auto told = std::exchange(state->died, nullptr);
      if (told && !state->ending) told(*state->end);
      co_return;
    }
    const bool soon = state->close_looks > 0;
    if (soon) --state->close_looks;
    co_await pause(state->io, soon ? kCloseLook : kLook);
  }
}

Task<corpus::Result<void>> BotProcess::State::start(std::shared_ptr<State> state, Doubles doubles) {
  Url plain = state->bot;
  plain.tls = false;
  HttpLimits limits;
  HttpClient there(state->io, plain, limits);
  const bool taken = co_await there.reach();
  if (taken) {
    state->lost_port = true;
    co_return fault(fmt::format("something listens at {} already, before the bot is started", state->address()));
  }
  const auto running = state->run(doubles);
  if (!running) co_return running;
  asio::co_spawn(state->io.get_executor(), read(state), rethrow);
  asio::co_spawn(state->io.get_executor(), watch(state), rethrow);
  const auto listening = co_await await_listening(state);
  if (listening) co_return listening;
  co_await finish(state);
  Url same = state->bot;
  state->lost_port = !state->given_up && try_port(same) == asio::error::address_in_use;
  co_return listening;
}

Task<corpus::Result<void>> BotProcess::State::await_listening(std::shared_ptr<State> state) {
  Url plain = state->bot;  // whether its certificate is good is asked once it is there
  plain.tls = false;
  HttpLimits limits;
  limits.connect = std::min(limits.connect, state->command.start_limit);
  HttpClient there(state->io, plain, limits);
  const Clock::time_point deadline = Clock::now() + state->command.start_limit;
  for (;;) {
    const bool reached = co_await there.reach();
    if (state->given_up) co_return fault("interrupted while the bot started");
    if (state->end) {
      co_return fault(fmt::format("the bot ended before it took connections at {}: {}{}", state->address(),
                                  to_string(state->end->how), quoted(state->end->output)));
    }
    if (reached) co_return corpus::Result<void>();
    if (Clock::now() >= deadline) {
      co_return fault(fmt::format("the bot takes no connections at {} after {} s (--start-limit): {}{}",
                                  state->address(), static_cast<double>(state->command.start_limit.count()) / 1e3,
                                  there.detail(), quoted(state->tail.lines())));
    }
    co_await pause(state->io, kTry);
  }
}

Task<bool> BotProcess::State::finish(std::shared_ptr<State> state) {
  if (!state->child) co_return true;
  state->ending = true;
  state->child->terminate();
  bool killed = false;
  Clock::time_point deadline = Clock::now() + state->command.grace;
  while (state->child && !(state->end && state->child->is_group_gone())) {
    if (Clock::now() >= deadline) {
      if (killed) break;
      state->child->kill();
      killed = true;
      deadline = Clock::now() + kKilled;
    }
    co_await pause(state->io, kTry);
  }
  if (state->child) state->read_some();
  if (state->end) state->end->output = state->tail.lines();
  boost::system::error_code ignored;
  if (state->pipe) state->pipe->close(ignored);
  co_return !killed;
}

BotProcess::BotProcess(asio::io_context& io, BotCommand command, Url bot)
    : state_(std::make_shared<State>(io, std::move(command), std::move(bot))) {}

BotProcess::~BotProcess() {
  state_->died = nullptr;
  state_->child.reset();
  boost::system::error_code ignored;
  if (state_->pipe) state_->pipe->close(ignored);
}

Task<corpus::Result<void>> BotProcess::start(Doubles doubles) {
  return State::start(state_, std::move(doubles));
}

void BotProcess::give_up() {
  state_->given_up = true;
}

bool BotProcess::lost_port() const {
  return state_->lost_port;
}

void BotProcess::when_died(std::function<void(const BotEnd&)> told) {
  state_->died = std::move(told);
}

std::optional<BotEnd> BotProcess::ended() const {
  return state_->end;
}

std::optional<int> BotProcess::group() const {
  return state_->child && !state_->end ? std::optional(state_->child->group()) : std::nullopt;
}

std::vector<std::string> BotProcess::output() const {
  return state_->tail.lines();
}

Task<bool> BotProcess::end() {
  return State::finish(state_);
}

corpus::Result<Url> with_free_port(Url bot) {
  if (bot.port != 0) return bot;
  if (const auto ec = try_port(bot)) {
    return std::unexpected(
        corpus::Fault{corpus::Error::unreadable, to_string(bot), "no free port there: " + ec.message()});
  }
  bot.authority.resize(bot.authority.rfind(':') + 1);  // a URL with port 0 shows it
  bot.authority += std::to_string(bot.port);
  return bot;
}

std::string with_addresses(const std::string& command, const Url& bot, const Doubles& doubles) {
  const std::array<std::pair<std::string_view, std::string>, 5> known{{{"{graph}", doubles.graph},
                                                                       {"{proxy}", doubles.proxy},
                                                                       {"{bot}", to_string(bot)},
                                                                       {"{host}", bot.host},
                                                                       {"{port}", std::to_string(bot.port)}}};
  std::string out;
  for (std::size_t at = 0; at < command.size();) {
    const auto* const here = std::ranges::find_if(
        known, [&](const auto& entry) { return std::string_view(command).substr(at).starts_with(entry.first); });
    if (here == known.end() || (at > 0 && command[at - 1] == '$')) {
      out += command[at++];
    } else {
      out += here->second;
      at += here->first.size();
    }
  }
  return out;
}

}  // namespace harness
