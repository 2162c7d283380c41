#include "harness/http_server.h"

#include <boost/asio/co_spawn.hpp>
#include <utility>

#include "harness/http_server_state.h"
#include "harness/refusal.h"

namespace harness {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

// A pause after accept() has failed for want of descriptors or memory, so that it is not tried in a tight loop.
constexpr std::chrono::milliseconds kAcceptPause{100};

// The coroutine of a connection handles its errors by itself: what comes out here is a bug or want of memory, and
// leaves through io_context::run().
void rethrow(const std::exception_ptr& error) {
  if (error) std::rethrow_exception(error);
}

}  // namespace

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

void HttpServer::hand_to(CallHandler handler) {
  state_->handler = std::move(handler);
}

void HttpServer::trim(std::size_t most) {
  for (auto at = state_->connections.rbegin(); at != state_->connections.rend(); ++at) {
    if (at->busy || at->handed_over) continue;
    if (most == 0) {
      at->cut();
    } else {
      --most;
    }
  }
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
