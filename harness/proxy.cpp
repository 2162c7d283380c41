#include "harness/proxy.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <map>
#include <optional>
#include <utility>

#include "harness/http_client.h"
#include "harness/proxy_target.h"
#include "harness/proxy_upgrade.h"
#include "harness/tunnel.h"
#include "harness/upstream.h"

namespace harness {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

// Hosts to which connections are kept for plain requests that pass through; with more, all start anew.
constexpr std::size_t kMostClients = 64;

constexpr const char* kLoop = "This is the address of the proxy itself.";
constexpr const char* kOffline = "Rollcall is offline: it reaches none but the hosts that it intercepts.";
constexpr std::string_view kEstablished = "HTTP/1.1 200 Connection Established\r\n\r\n";

corpus::Response unreachable(const std::string& where, const Upstream& upstream) {
  return no_answer_response(
      upstream.why(), fmt::format("Rollcall got no answer from {}: {} ({})", where, upstream.why(), upstream.detail()));
}

// A few hundred bytes on a connection that has carried nothing yet: the system takes them at once.
void say(Stream& caller, const corpus::Response& response) {
  std::string wire;
  append_response(wire, response, {.keep_alive = false});
  error_code ignored;
  caller.write_now(wire, ignored);
}

}  // namespace

struct Proxy::State : std::enable_shared_from_this<Proxy::State> {
  State(asio::io_context& context, ProxySettings what, Answerer who)
      : io(context), settings(std::move(what)), answerer(std::move(who)) {}

  Task<void> handle(Call& call);
  void connect(Call& call);
  Task<void> pass_on(Call& call, Url origin);
  HttpClient& client_of(const Url& origin);
  bool intercepts(const HostPort& at) const {
    return std::ranges::find(settings.intercepted, at) != settings.intercepted.end();
  }
  Url way_to(const Url& origin) const;
  bool leads_back(const TcpSocket& socket) const;
  void refuse(Call& call, int status, std::string_view code, std::string what);

  static Task<void> pass_through(std::shared_ptr<State> state, Stream& caller, std::string ahead, HostPort to);

  asio::io_context& io;
  ProxySettings settings;
  Answerer answerer;
  std::map<std::string, TlsContext> contexts;  // by host that is intercepted
  std::map<std::string, HttpClient> clients;   // by origin that is not
  std::optional<HostPort> own;                 // where we listen
};

void Proxy::State::refuse(Call& call, int status, std::string_view code, std::string what) {
  const corpus::Request& request = call.exchange.request;
  std::string why = fmt::format("{} {} {}: {}", status, printable(request.method), printable(request.target), what);
  call.refuse(error_response(status, code, what), std::move(why));
}

Task<void> Proxy::State::handle(Call& call) {
  corpus::Request& request = call.exchange.request;
  if (request.method == "CONNECT") {
    connect(call);
    co_return;
  }
  const auto origin = call.inside().empty() ? parse_absolute_target(request.target) : parse_url(call.inside());
  if (!origin) {
    refuse(call, 400, "rollcallBadTarget", origin.error().what);
    co_return;
  }
  const HostPort at{origin->host, origin->port};
  const bool plain_port = !origin->tls && origin->port == 80;
  if (intercepts(at) || (plain_port && intercepts({origin->host, 443}))) {
    request.target = path_of(request.target);
    Task<void> answering = answerer(call, *origin);
    co_await std::move(answering);
  } else if (settings.offline) {
    refuse(call, 403, "rollcallOffline", kOffline);
  } else if (own && at == *own) {
    refuse(call, 403, "rollcallLoop", kLoop);
  } else {
    co_await pass_on(call, *origin);
  }
}

void Proxy::State::connect(Call& call) {
  const auto to = parse_connect_target(call.exchange.request.target);
  if (!to) return refuse(call, 400, "rollcallBadTarget", to.error().what);
  if (own && *to == *own) return refuse(call, 403, "rollcallLoop", kLoop);
  if (!intercepts(*to)) {
    if (settings.offline) {
      return refuse(call, 403, "rollcallOffline", kOffline);
    }
    call.hand_over([self = shared_from_this(), to = *to](Stream& caller, std::string ahead) {
      return pass_through(self, caller, std::move(ahead), to);
    });
    return;
  }
  TlsContext& context = contexts[to->host];
  if (!context) {
    auto made = server_context(*settings.authority, to->host);
    if (!made) return refuse(call, 502, "rollcallNoCertificate", made.error().what);
    context = std::move(*made);
  }
  call.intercept(context, to_string(origin_of(true, *to)));
}

Url Proxy::State::way_to(const Url& origin) const {
  const auto found = std::ranges::find(settings.detours, origin.host, &Detour::host);
  return found == settings.detours.end() ? origin : found->to;
}

HttpClient& Proxy::State::client_of(const Url& origin) {
  const std::string name = to_string(origin);
  const auto found = clients.find(name);
  if (found != clients.end()) return found->second;
  if (clients.size() >= kMostClients) clients.clear();
  return clients.emplace(name, HttpClient(io, way_to(origin), settings.limits, settings.trust)).first->second;
}

// A plain request to somebody else. Their answer is the caller's; nothing of it is kept.
Task<void> Proxy::State::pass_on(Call& call, Url origin) {
  if (const std::string protocol = wanted_upgrade(call.exchange.request); !protocol.empty()) {
    call.hand_over(pass_upgrade(io, call.exchange.request, way_to(origin), settings.trust, settings.limits));
    co_return;
  }
  HttpClient& client = client_of(origin);
  HttpClient::Wire wire;
  HttpClient::Flight flight;
  client.prepare(call.exchange.request, wire);
  call.when_caller_leaves([&flight] { flight.abort(failure::kCallerClosed); });
  // The client may be gone when the answer comes; its requests are not.
  co_await client.send(wire, call.exchange.outcome, {}, &flight);
  call.when_caller_leaves(nullptr);
  if (const corpus::Response* response = call.exchange.response()) {
    call.answer(*response);
  } else {
    const std::string& reason = call.exchange.failure()->reason;
    const std::string where = to_string(origin);
    settings.on_note(fmt::format("no answer from {}: {}", where, reason));
    call.answer(no_answer_response(reason, fmt::format("Rollcall got no answer from {}: {}", where, reason)));
  }
}

// Whether a connection has arrived at our own listener, by whatever name.
bool Proxy::State::leads_back(const TcpSocket& socket) const {
  error_code ec;
  const auto there = socket.remote_endpoint(ec);
  const auto here = socket.local_endpoint(ec);
  if (ec || !own || there.port() != own->port) return false;
  const auto listener = asio::ip::make_address(own->host, ec);
  return !ec && (listener.is_unspecified() ? there.address() == here.address() : there.address() == listener);
}

Task<void> Proxy::State::pass_through(std::shared_ptr<State> state, Stream& caller, std::string ahead, HostPort to) {
  const HttpLimits& limits = state->settings.limits;
  const std::string name = to_string(to);
  Url way = state->way_to(origin_of(true, to));
  way.tls = false;  // whatever is spoken is not ours to read
  Upstream upstream(state->io, nullptr);
  const bool there = co_await upstream.connect(way, limits.connect);
  if (!there) {
    state->settings.on_note(fmt::format("no way to {}: {}", name, upstream.detail()));
    say(caller, unreachable(name, upstream));
    co_return;
  }
  if (state->leads_back(upstream.stream().socket())) {
    state->settings.on_note(fmt::format("refused 403 CONNECT {}: {}", name, kLoop));
    say(caller, error_response(403, "rollcallLoop", kLoop));
    co_return;
  }
  error_code unheard;
  caller.write_now(kEstablished, unheard);
  std::size_t sent = 0;
  const bool taken = co_await upstream.write(ahead, limits.write, sent);
  if (!unheard && taken) co_await tunnel(state->io, caller, upstream.stream(), limits.tunnel);
}

Proxy::Proxy(asio::io_context& io, ProxySettings settings, Answerer answerer)
    : state_(std::make_shared<State>(io, std::move(settings), std::move(answerer))),
      server_(io, state_->settings.limits,
              HttpServer::CallHandler([state = state_](Call& call) { return state->handle(call); })) {
  server_.take_connect();
  server_.on_note(state_->settings.on_note);
}

Proxy::~Proxy() = default;

corpus::Result<std::string> Proxy::listen() {
  auto address = server_.listen(state_->settings.listen.host, state_->settings.listen.port);
  if (address) state_->own = *parse_host_port(*address);
  return address;
}

Task<bool> Proxy::drain(std::chrono::milliseconds grace) {
  return server_.drain(grace);
}
void Proxy::close() {
  server_.close();
}
std::size_t Proxy::refused() const {
  return server_.refused();
}

}  // namespace harness
