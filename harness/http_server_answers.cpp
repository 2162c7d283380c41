// How an HttpServer answers.
#include <fmt/format.h>

#include <utility>

#include "harness/http_server_state.h"

namespace harness {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

// How long, and how much, we go on reading from a caller whose request was refused: an answer that is sent while
// bytes of the request are unread is lost when the connection is reset.
constexpr std::chrono::milliseconds kLingerTime{2'000};
constexpr std::size_t kLingerBytes = 16 * 1024 * 1024;

// A flood of bad callers shall not fill a log: these many are told of one by one.
constexpr std::size_t kMostNotes = 100;

}  // namespace

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
    if (const auto wait = sent == 0 ? c.call.steps_.hold : c.call.steps_.pause; wait.count() > 0) {
      pause.expires_after(wait);
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

}  // namespace harness
