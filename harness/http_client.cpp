#include "harness/http_client.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>
#include <vector>

#include "harness/http_message.h"
#include "harness/http_parser.h"
#include "harness/upstream.h"

namespace harness {
namespace {

namespace asio = boost::asio;

// A connection with the parser of its answers, which is kept with it to be used again.
struct Line {
  Line(asio::io_context& io, TlsContext tls) : upstream(io, std::move(tls)) {}

  Upstream upstream;
  ResponseParser parser;
};

// What a try to have a request answered came to.
enum class Try {
  answered,
  failed,  // upstream.why() says how
  retry,   // nothing is lost if the request is sent again
};

// The seconds of `Keep-Alive: timeout=5`, one less, so that we let go first; the limit if there is no such field.
std::chrono::milliseconds pooled_time(const corpus::Response& response, std::chrono::milliseconds limit) {
  const auto field = find_header(response.headers, "keep-alive");
  if (!field) return limit;
  const auto at = field->find("timeout=");
  if (at == std::string_view::npos) return limit;
  int seconds = 0;
  const std::string_view digits = field->substr(at + 8);
  std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
  return std::min<std::chrono::milliseconds>(limit, std::chrono::seconds(std::max(0, seconds - 1)));
}

std::string_view word_for(ParseFault fault) {
  const bool large = fault == ParseFault::header_too_large || fault == ParseFault::body_too_large;
  return large ? failure::kTooLarge : failure::kBadAnswer;
}

// Who is trusted unless somebody says otherwise. OpenSSL fails here only for want of memory; then no handshake
// succeeds.
TlsContext system_trust() {
  return client_context("", {}).value_or(nullptr);
}

}  // namespace

// The pool, and what every request needs; visited by the sweep to close connections that nobody uses any more.
struct HttpClient::State final : Sweep::Visited {
  State(asio::io_context& context, Url url, const HttpLimits& sizes, TlsContext trust)
      : io(context), sweeper(Sweep::of(context)), base(std::move(url)), limits(sizes), tls(std::move(trust)) {
    if (base.tls && !tls) tls = system_trust();
    sweeper.add(*this);
  }

  void sweep(Clock::time_point now) override {
    std::erase_if(pool, [&](const std::unique_ptr<Line>& line) { return now >= line->upstream.pooled_until; });
  }

  // A live connection from the pool, the one used last first; null if there is none.
  std::unique_ptr<Line> take_pooled() {
    while (!pool.empty()) {
      std::unique_ptr<Line> line = std::move(pool.back());
      pool.pop_back();
      if (!line->upstream.is_stale()) return line;
    }
    return nullptr;
  }

  void put_back(std::unique_ptr<Line> line, const corpus::Response& response) {
    if (!line->parser.keep_alive() || !line->upstream.buffer().empty()) return;
    const auto time = pooled_time(response, limits.pooled);
    if (time == std::chrono::milliseconds(0)) return;
    line->upstream.pooled_until = sweeper.after(time);
    pool.push_back(std::move(line));
  }

  void prepare(const corpus::Request& request, Wire& wire) const {
    wire.bytes.clear();
    stage_request(wire.bytes, request, base, wire.steps);
    wire.idempotent = is_idempotent(request.method);
    wire.head = request.method == "HEAD";
  }

  Task<bool> send_in_steps(Upstream& upstream, const Wire& wire, std::size_t& sent);
  Task<bool> read_answer(Line& line, const Wire& wire, corpus::Response& response);
  Task<Try> attempt(Line& line, bool pooled, const Wire& wire, corpus::Response& response,
                    std::function<void()>& on_written);

  asio::io_context& io;
  Sweep& sweeper;
  Url base;
  HttpLimits limits;
  TlsContext tls;  // only for https: it holds all of the system's roots
  std::vector<std::unique_ptr<Line>> pool;
  std::string detail;
};

// Pauses are cut into short ones, so that a request can be ended meanwhile.
Task<bool> HttpClient::State::send_in_steps(Upstream& upstream, const Wire& wire, std::size_t& sent) {
  constexpr Clock::duration kShort = std::chrono::milliseconds(100);
  Timer timer(io);
  for (const std::size_t end : wire.steps.ends) {
    const auto resumed = Clock::now() + (sent == 0 ? wire.steps.hold : wire.steps.pause);
    while (Clock::now() < resumed && upstream.why().empty()) {
      timer.expires_at(std::min(resumed, Clock::now() + kShort));
      co_await timer.async_wait(kAwait);
    }
    const bool written = co_await upstream.write(std::string_view(wire.bytes).substr(0, end), limits.write, sent);
    if (!written) co_return false;
  }
  if (wire.steps.reset) upstream.reset();
  if (wire.steps.last) upstream.end_sending();
  co_return !wire.steps.reset;
}

// One answer, after any number of 1xx. False: upstream.why() says how it failed.
Task<bool> HttpClient::State::read_answer(Line& line, const Wire& wire, corpus::Response& response) {
  Upstream& upstream = line.upstream;
  line.parser.start(response, limits.header, limits.body, wire.head);
  auto limit = limits.answer;
  for (;;) {
    if (!upstream.buffer().empty()) {
      upstream.buffer().consume(line.parser.feed(upstream.buffer().view()));
      if (line.parser.fault() != ParseFault::none) {
        upstream.abort(word_for(line.parser.fault()));
        co_return false;
      }
      // 101 would hand the connection over to a protocol that nobody has asked for: Upgrade is not passed on.
      if (line.parser.done() && response.status == 101) upstream.abort(failure::kBadAnswer);
      if (line.parser.done() && response.status >= 200) co_return true;
      if (line.parser.done()) {
        line.parser.start(response, limits.header, limits.body, wire.head);
        continue;
      }
    }
    if (line.parser.header_done()) limit = limits.read;
    const bool more = co_await upstream.read(limit);
    if (more) continue;
    const bool whole = upstream.why() == failure::kClosed && line.parser.feed_end();
    co_return whole;
  }
}

Task<Try> HttpClient::State::attempt(Line& line, bool pooled, const Wire& wire, corpus::Response& response,
                                     std::function<void()>& on_written) {
  Upstream& upstream = line.upstream;
  if (!pooled) {
    const bool connected = co_await upstream.connect(base, limits.connect);
    if (!connected) co_return Try::failed;
  }
  std::size_t sent = wire.steps.any() ? 0 : upstream.write_at_once(wire.bytes);
  bool written = !wire.steps.any() && sent == wire.bytes.size();
  if (wire.steps.any()) {
    written = co_await send_in_steps(upstream, wire, sent);
    if (wire.steps.reset) co_return Try::failed;
  }
  if (!written && !wire.steps.any()) written = co_await upstream.write(wire.bytes, limits.write, sent);
  if (written && on_written) std::exchange(on_written, nullptr)();
  // An upstream may answer and close before it has read a large body: the answer is there although writing failed.
  const std::string_view why = upstream.why();
  const bool may_have_answered = written || (sent > 0 && why == failure::kReset);
  if (!written && may_have_answered) upstream.forgive();
  if (may_have_answered) {
    const bool answered = co_await read_answer(line, wire, response);
    if (answered) co_return Try::answered;
  }
  const bool died = upstream.why() == failure::kReset || upstream.why() == failure::kClosed;
  const bool harmless = !upstream.has_received() && (sent == 0 || wire.idempotent);
  if (pooled && died && harmless) co_return Try::retry;
  co_return Try::failed;
}

HttpClient::HttpClient(asio::io_context& io, Url base, const HttpLimits& limits, TlsContext tls)
    : state_(std::make_shared<State>(io, std::move(base), limits, std::move(tls))) {}
HttpClient::~HttpClient() = default;
HttpClient::HttpClient(HttpClient&&) noexcept = default;
HttpClient& HttpClient::operator=(HttpClient&&) noexcept = default;

const Url& HttpClient::base() const {
  return state_->base;
}
const std::string& HttpClient::detail() const {
  return state_->detail;
}

void HttpClient::trim(std::size_t most) {
  auto& pool = state_->pool;
  if (pool.size() > most) pool.erase(pool.begin(), pool.end() - static_cast<std::ptrdiff_t>(most));
}

void HttpClient::prepare(const corpus::Request& request, Wire& wire) const {
  state_->prepare(request, wire);
}

Task<bool> HttpClient::reach() {
  return reach_shared(state_);
}

Task<bool> HttpClient::reach_shared(std::shared_ptr<State> state) {
  Upstream upstream(state->io, state->tls);
  const bool reached = co_await upstream.connect(state->base, state->limits.connect);
  state->detail = upstream.detail();
  co_return reached;
}

Task<corpus::Outcome> HttpClient::send(corpus::Request request, std::function<void()> on_written) {
  return send_owned(state_, std::move(request), std::move(on_written));
}

Task<void> HttpClient::send(const Wire& wire, corpus::Outcome& outcome, std::function<void()> on_written,
                            Flight* flight) {
  return send_shared(state_, wire, outcome, std::move(on_written), flight);
}

Task<corpus::Outcome> HttpClient::send_owned(std::shared_ptr<State> state, corpus::Request request,
                                             std::function<void()> on_written) {
  Wire wire;
  state->prepare(request, wire);
  corpus::Outcome outcome;
  co_await send_shared(std::move(state), wire, outcome, std::move(on_written), nullptr);
  co_return outcome;
}

Task<void> HttpClient::send_shared(std::shared_ptr<State> state, const Wire& wire, corpus::Outcome& outcome,
                                   std::function<void()> on_written, Flight* flight) {
  if (!std::holds_alternative<corpus::Response>(outcome)) outcome.emplace<corpus::Response>();
  auto& response = std::get<corpus::Response>(outcome);
  for (;;) {
    std::unique_ptr<Line> line;
    if (!wire.steps.any()) line = state->take_pooled();
    const bool pooled = line != nullptr;
    if (!pooled) line = std::make_unique<Line>(state->io, state->tls);
    Upstream& upstream = line->upstream;
    if (flight) flight->abort_ = [&upstream](std::string_view failure) { upstream.abort(failure); };
    const Try result = co_await state->attempt(*line, pooled, wire, response, on_written);
    if (flight) flight->abort_ = nullptr;
    if (result == Try::retry) continue;
    if (result == Try::answered) {
      if (!wire.steps.any()) state->put_back(std::move(line), response);
    } else {
      state->detail = upstream.detail();
      outcome.emplace<corpus::Failure>(std::string(upstream.why()));
    }
    co_return;
  }
}

void HttpClient::Flight::abort(std::string_view failure) {
  if (abort_) abort_(failure);
}

}  // namespace harness
