#include "harness/proxy_upgrade.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "harness/http_parser.h"
#include "harness/proxy_target.h"
#include "harness/tunnel.h"
#include "harness/upstream.h"

namespace harness {
namespace {

namespace asio = boost::asio;

// The request with the two fields that ask for the upgrade, which belong to one connection and stay behind otherwise.
std::string wire_of(const corpus::Request& request, const Url& upstream) {
  std::string wire;
  append_request(wire, request, upstream);
  const std::string fields = fmt::format("Connection: Upgrade\r\nUpgrade: {}\r\n", wanted_upgrade(request));
  wire.insert(wire.find("\r\n\r\n") + 2, fields);
  return wire;
}

// Whether what has come begins with the whole head of a 101; nothing if it is too early to tell.
std::optional<bool> has_agreed(std::string_view there) {
  constexpr std::string_view kAgreed = "HTTP/1.1 101 ";
  if (there.size() < kAgreed.size() && kAgreed.starts_with(there)) return std::nullopt;
  if (!there.starts_with(kAgreed)) return false;
  return there.find("\r\n\r\n") == std::string_view::npos ? std::nullopt : std::optional(true);
}

// False if there is no answer that could be read; Upstream::why() may say more.
Task<bool> read_answer(Upstream& upstream, const HttpLimits& limits, corpus::Response& response) {
  ResponseParser parser;
  parser.start(response, limits.header, limits.body);
  for (;;) {
    if (!upstream.buffer().empty()) upstream.buffer().consume(parser.feed(upstream.buffer().view()));
    if (parser.fault() != ParseFault::none) co_return false;
    if (parser.done() && response.status >= 200) co_return true;
    if (parser.done()) {
      parser.start(response, limits.header, limits.body);
      continue;
    }
    const bool more = co_await upstream.read(limits.read);
    if (!more) co_return upstream.why() == failure::kClosed&& parser.feed_end();
  }
}

Task<void> answer(Stream& caller, corpus::Response response) {
  std::string wire;
  append_response(wire, response, {.keep_alive = false});
  co_await caller.write(asio::buffer(wire));
}

struct Upgrade {
  asio::io_context& io;
  std::string wire;
  Url to;
  TlsContext trust;
  HttpLimits limits;
};

Task<void> converse(Upgrade what, Stream& caller, std::string ahead) {
  Upstream upstream(what.io, what.trust);
  const bool there = co_await upstream.connect(what.to, what.limits.connect);
  std::size_t sent = 0;
  bool good = there;
  if (good) good = co_await upstream.write(what.wire, what.limits.write, sent);
  std::optional<bool> agreed;
  while (good && !agreed && upstream.buffer().size() <= what.limits.header) {
    good = co_await upstream.read(what.limits.answer);
    agreed = has_agreed(upstream.buffer().view());
  }
  if (agreed == true) {
    const std::string head(upstream.buffer().view());
    auto [unheard, count] = co_await caller.write(asio::buffer(head));
    if (!unheard) good = co_await upstream.write(ahead, what.limits.write, sent = 0);
    if (!unheard && good) co_await tunnel(what.io, caller, upstream.stream(), what.limits.tunnel);
    co_return;
  }
  if (!agreed) good = false;
  corpus::Response response;
  if (agreed) good = co_await read_answer(upstream, what.limits, response);
  if (!good) {
    const std::string_view why = upstream.why().empty() ? failure::kBadAnswer : upstream.why();
    response = no_answer_response(why, fmt::format("Rollcall got no answer from {}: {}", to_string(what.to), why));
  }
  co_await answer(caller, std::move(response));
}

}  // namespace

Call::Conversation pass_upgrade(asio::io_context& io, const corpus::Request& request, Url upstream, TlsContext trust,
                                const HttpLimits& limits) {
  Upgrade what{io, wire_of(request, upstream), upstream, std::move(trust), limits};
  return
      [what = std::move(what)](Stream& caller, std::string ahead) { return converse(what, caller, std::move(ahead)); };
}

}  // namespace harness
