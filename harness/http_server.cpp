#include "harness/http_server.h"

#include <fmt/format.h>

#include <boost/asio/co_spawn.hpp>
#include <utility>

#include "harness/address.h"
#include "harness/http_parser.h"
#include "harness/read_buffer.h"
#include "harness/refusal.h"
#include "harness/sweep.h"

namespace harness {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

// How long, and how much, we go on reading from a caller whose request was refused: an answer that is sent while
// bytes of the request are unread is lost when the connection is reset.
constexpr std::chrono::milliseconds kLingerTime{2'000};
constexpr std::size_t kLingerBytes = 16 * 1024 * 1024;

// A pause after accept() has failed for want of descriptors or memory, so that it is not tried in a tight loop.
constexpr std::chrono::milliseconds kAcceptPause{100};

// A flood of bad callers shall not fill a log: these many are told of one by one.
constexpr std::size_t kMostNotes = 100;

// The coroutine of a connection handles its errors by itself: what comes out here is a bug or want of memory, and
// leaves through io_context::run().
void rethrow(const std::exception_ptr& error) {
  if (error) std::rethrow_exception(error);
}

}  // namespace

// One caller's connection. Its coroutine owns it; the sweep ends what takes too long.
struct HttpServer::Connection final : Sweep::Visited {
  explicit Connection(asio::io_context& io) : sweeper(Sweep::of(io)), stream(io) { sweeper.add(*this); }

  void sweep(Clock::time_point now) override {
    if (now >= deadline) {
      overdue = true;
      cut();
    }
    if (call.caller_left_ && caller_has_left()) std::exchange(call.caller_left_, nullptr)();
  }

  // Ends the operation that is under way; one that has ended already ends well.
  void cut() { stream.cancel(); }

  bool caller_has_left() {
    const error_code ec = stream.peek();
    return ec && ec != asio::error::would_block;
  }

  std::string caller() {
    error_code ec;
    const auto remote = stream.socket().remote_endpoint(ec);
    return ec ? "a caller" : to_string(HostPort{remote.address().to_string(), remote.port()});
  }

  void expect_within(std::chrono::milliseconds limit) {
    overdue = false;
    deadline = sweeper.after(limit);
  }
  void expect_nothing() { deadline = Clock::time_point::max(); }

  Sweep& sweeper;
  Stream stream;
  RequestParser parser;
  ReadBuffer buffer;
  Call call;
  Clock::time_point deadline = Clock::time_point::max();
  bool overdue = false;
  bool busy = false;  // a request is under way: not to be closed by drain()
  bool handed_over = false;
  boost::intrusive::list_member_hook<boost::intrusive::link_mode<boost::intrusive::auto_unlink>> hook;
};

struct HttpServer::State {
  State(asio::io_context& context, const HttpLimits& sizes, CallHandler answerer)
      : io(context), limits(sizes), handler(std::move(answerer)), acceptor(context), drained(context) {}

  Task<bool> read_request(Connection& connection);
  Task<bool> read_more(Connection& connection);
  Task<bool> write(Connection& connection, std::string_view bytes, std::size_t sent = 0);
  Task<bool> shake_hands(Connection& connection, TlsContext context);
  Task<bool> answer(Connection& connection);
  Task<bool> write_in_steps(Connection& connection);
  Task<void> refuse(Connection& connection, const corpus::Response& response);
  Task<void> send_refusal(Connection& connection, std::string wire, std::string why);
  void note(Connection& connection, std::string_view what);
  void stop_accepting();

  using Hook = boost::intrusive::member_hook<
      Connection, boost::intrusive::list_member_hook<boost::intrusive::link_mode<boost::intrusive::auto_unlink>>,
      &Connection::hook>;

  asio::io_context& io;
  HttpLimits limits;
  CallHandler handler;
  TlsContext tls;  // null: callers speak plain HTTP
  std::function<void(const std::string&)> on_note;
  std::size_t notes = 0;
  bool takes_connect = false;
  TcpAcceptor acceptor;
  Timer drained;
  bool draining = false;
  bool closed = false;
  std::size_t refused = 0;
  boost::intrusive::list<Connection, Hook, boost::intrusive::constant_time_size<false>> connections;
};

void HttpServer::State::stop_accepting() {
  error_code ignored;
  draining = true;
  acceptor.close(ignored);
}

// False: the connection is to be closed, and whatever there was to be said has been said.
Task<bool> HttpServer::State::read_request(Connection& c) {
  c.parser.start(c.call.exchange.request, limits.header, limits.body);
  c.busy = !c.buffer.empty();
  c.expect_within(c.busy ? limits.read : limits.idle);
  bool continued = false;
  for (;;) {
    if (!c.buffer.empty()) {
      c.buffer.consume(c.parser.feed(c.buffer.view()));
      if (c.parser.fault() != ParseFault::none) {
        co_await refuse(c, refusal(c.parser.fault(), limits));
        co_return false;
      }
      if (c.parser.done()) break;
    }
    if (c.parser.header_done() && c.parser.expects_continue() && !continued && c.buffer.empty()) {
      continued = true;
      if (!co_await write(c, "HTTP/1.1 100 Continue\r\n\r\n")) co_return false;
    }
    if (c.parser.header_done()) c.expect_within(limits.read);
    if (!co_await read_more(c)) co_return false;
  }
  c.expect_nothing();
  co_return true;
}

Task<bool> HttpServer::State::read_more(Connection& c) {
  auto [ec, count] = co_await c.stream.read_some(c.buffer.room());
  if (c.overdue && c.busy) {
    co_await refuse(c, error_response(408, "rollcallSlowRequest", "Rollcall waited too long for this request."));
    co_return false;
  }
  if (ec || closed) co_return false;
  c.buffer.filled(count);
  if (!c.busy) c.expect_within(limits.read);
  c.busy = true;
  co_return true;
}

// What cannot be sent at once waits for its turn.
Task<bool> HttpServer::State::write(Connection& c, std::string_view bytes, std::size_t sent) {
  c.expect_within(limits.write);
  const auto rest = asio::buffer(bytes.data() + sent, bytes.size() - sent);
  auto [ec, count] = co_await c.stream.write(rest);
  c.expect_nothing();
  co_return !ec && !closed;
}

// False: the connection is to be closed, by a reset if the answer asks for one.
Task<bool> HttpServer::State::write_in_steps(Connection& c) {
  Timer pause(io);
  std::size_t sent = 0;
  for (const std::size_t end : c.call.steps_.ends) {
    if (sent != 0) {
      pause.expires_after(c.call.steps_.pause);
      co_await pause.async_wait(kAwait);
    }
    const bool written = co_await write(c, std::string_view(c.call.wire_).substr(0, end), sent);
    if (!written) co_return false;
    sent = end;
  }
  error_code ignored;
  if (c.call.steps_.reset) c.stream.socket().set_option(asio::socket_base::linger(true, 0), ignored);
  co_return !c.call.steps_.reset && !c.call.steps_.last;
}

// False: there is no connection any more that could be used.
Task<bool> HttpServer::State::shake_hands(Connection& c, TlsContext context) {
  c.busy = false;
  c.expect_within(limits.connect);
  const error_code ec = co_await c.stream.accept_tls(std::move(context), c.buffer.view());
  c.expect_nothing();
  c.buffer.clear();
  if (!ec || closed) co_return !closed;
  if (Stream::is_plain_http(ec)) {
    c.stream.leave_tls();
    co_await refuse(c, error_response(400, "rollcallTlsOnly", "Rollcall takes https here, and this is http."));
  } else if (c.overdue || !draining) {
    ++refused;
    note(c, "no TLS handshake: " + (c.overdue ? "it took too long" : ec.message()));
  }
  co_return false;
}

// Sends what the handler has left. False: the connection is to be closed.
Task<bool> HttpServer::State::answer(Connection& c) {
  Call& call = c.call;
  if (call.conversation_) {
    c.handed_over = true;
    std::string ahead(c.buffer.view());
    co_await call.conversation_(c.stream, std::move(ahead));
    co_return false;
  }
  if (!call.refused_.empty()) {
    co_await send_refusal(c, std::move(call.wire_), std::move(call.refused_));
    co_return false;
  }
  bool written = false;
  if (call.steps_.any()) {
    written = co_await write_in_steps(c);
  } else {
    error_code ec;
    const std::size_t sent = c.stream.write_now(call.wire_, ec);
    written = !ec && sent > 0;  // nothing to send: the handler wants the connection closed
    if (ec == asio::error::would_block) written = co_await write(c, call.wire_, sent);
  }
  if (call.answered_) std::exchange(call.answered_, nullptr)();
  call.trim();
  if (!written || draining) co_return false;
  if (!call.tls_) co_return call.framing_.keep_alive;
  co_return co_await shake_hands(c, std::move(call.tls_));
}

Task<void> HttpServer::State::refuse(Connection& c, const corpus::Response& response) {
  std::string wire;
  append_response(wire, response, {.keep_alive = false});
  std::string why = fmt::format("{} {}", response.status, response.body);
  co_await send_refusal(c, std::move(wire), std::move(why));
}

// Says why, and goes on reading for a while so that the caller gets to hear it.
Task<void> HttpServer::State::send_refusal(Connection& c, std::string wire, std::string why) {
  ++refused;
  note(c, why);
  if (!co_await write(c, wire)) co_return;
  c.stream.end_sending();
  c.expect_within(kLingerTime);
  for (std::size_t taken = 0; taken < kLingerBytes;) {
    c.buffer.clear();
    auto [ec, count] = co_await c.stream.read_some(c.buffer.room());
    if (ec) co_return;
    taken += count;
  }
}

void HttpServer::State::note(Connection& c, std::string_view what) {
  if (!on_note || ++notes > kMostNotes) return;
  on_note(fmt::format("refused {}: {}", c.caller(), what));
  if (notes == kMostNotes) on_note("further callers that are refused here are counted, and not told of");
}

HttpServer::HttpServer(asio::io_context& io, const HttpLimits& limits, Handler handler)
    : HttpServer(io, limits, CallHandler([handler = std::move(handler)](Call& call) -> Task<void> {
                   auto response = co_await handler(std::move(call.exchange.request));
                   if (response) call.answer(*response);
                 })) {}

HttpServer::HttpServer(asio::io_context& io, const HttpLimits& limits, CallHandler handler)
    : state_(std::make_shared<State>(io, limits, std::move(handler))) {}

HttpServer::~HttpServer() {
  if (state_) close();
}
HttpServer::HttpServer(HttpServer&&) noexcept = default;
HttpServer& HttpServer::operator=(HttpServer&&) noexcept = default;

void HttpServer::use_tls(TlsContext tls) {
  state_->tls = std::move(tls);
}
void HttpServer::take_connect() {
  state_->takes_connect = true;
}
void HttpServer::on_note(std::function<void(const std::string&)> note) {
  state_->on_note = std::move(note);
}

corpus::Result<std::string> HttpServer::listen(const std::string& host, std::uint16_t port) {
  const auto fault = [&](error_code ec) {
    return std::unexpected(
        corpus::Fault{corpus::Error::unreadable, to_string(HostPort{host, port}), "cannot listen: " + ec.message()});
  };
  error_code ec;
  asio::ip::basic_resolver<Tcp, Executor> resolver(state_->io);
  const auto found = resolver.resolve(host, std::to_string(port), Tcp::resolver::passive, ec);
  if (ec) return fault(ec);
  const Tcp::endpoint endpoint = *found.begin();
  TcpAcceptor& acceptor = state_->acceptor;
  acceptor.open(endpoint.protocol(), ec);
  // A port whose old connections are still fading away may be taken again at once; one in use may not.
  if (!ec) acceptor.set_option(TcpAcceptor::reuse_address(true), ec);
  if (!ec) acceptor.bind(endpoint, ec);
  if (!ec) acceptor.listen(TcpAcceptor::max_listen_connections, ec);
  if (ec) return fault(ec);
  const auto local = acceptor.local_endpoint();
  asio::co_spawn(state_->io.get_executor(), accept(state_), rethrow);
  return to_string(HostPort{local.address().to_string(), local.port()});
}

Task<void> HttpServer::accept(std::shared_ptr<State> state) {
  Timer pause(state->io);
  while (state->acceptor.is_open()) {
    auto connection = std::make_unique<Connection>(state->io);
    auto [ec] = co_await state->acceptor.async_accept(connection->stream.socket(), kAwait);
    if (!ec) {
      state->connections.push_back(*connection);
      asio::co_spawn(state->io.get_executor(), converse(state, std::move(connection)), rethrow);
    } else if (state->acceptor.is_open()) {
      pause.expires_after(kAcceptPause);
      co_await pause.async_wait(kAwait);
    }
  }
}

Task<void> HttpServer::converse(std::shared_ptr<State> state, std::unique_ptr<Connection> connection) {
  Connection& c = *connection;
  c.stream.prepare();
  bool good = true;
  if (state->tls) good = co_await state->shake_hands(c, state->tls);
  while (good) {
    const bool asked = co_await state->read_request(c);
    if (!asked || state->closed) break;
    if (c.call.exchange.request.method == "CONNECT" && (!state->takes_connect || !c.call.inside().empty())) {
      co_await state->refuse(
          c, error_response(405, "rollcallNoTunnel", "Rollcall is no forward proxy here: call it directly."));
      break;
    }
    c.call.begin({.head = c.call.exchange.request.method == "HEAD",
                  .http_1_0 = c.parser.http_1_0(),
                  .keep_alive = c.parser.keep_alive() && !state->draining});
    co_await state->handler(c.call);
    c.call.caller_left_ = nullptr;
    good = co_await state->answer(c);
  }
  c.stream.close();
  connection.reset();
  if (state->connections.empty()) state->drained.cancel();
}

Task<bool> HttpServer::drain(std::chrono::milliseconds grace) {
  const std::shared_ptr<State> state = state_;
  state->stop_accepting();
  for (Connection& connection : state->connections) {
    if (!connection.busy || connection.handed_over) connection.cut();
  }
  if (state->connections.empty()) co_return true;
  state->drained.expires_after(grace);
  co_await state->drained.async_wait(kAwait);
  co_return state->connections.empty();
}

void HttpServer::close() {
  state_->stop_accepting();
  state_->closed = true;
  for (Connection& connection : state_->connections) connection.stream.close();
}

std::size_t HttpServer::refused() const {
  return state_->refused;
}

}  // namespace harness
