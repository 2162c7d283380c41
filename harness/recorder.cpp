#include "harness/recorder.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "harness/live_log.h"
#include "harness/proxy_target.h"
#include "harness/proxy_upgrade.h"
#include "harness/upstream.h"
#include "harness/version.h"

namespace harness {

Recorder::Side::Side(corpus::Leg which, HttpClient to, HttpServer from)
    : leg(which), upstream(std::move(to)), server(std::move(from)) {}

Recorder::Recorder(boost::asio::io_context& io, const RecorderSettings& settings,
                   std::function<void(const std::string&)> on_note)
    : on_note_(std::move(on_note)),
      webhook_(make_side(io, corpus::Leg::webhook, settings.bot, settings)),
      graph_(make_side(io, corpus::Leg::graph, settings.graph, settings)),
      io_(io),
      proxied_(settings.proxy) {
  if (!proxied_) return;
  proxied_->limits = settings.limits;
  proxied_->on_note = [this](const std::string& what) { on_note_("proxy: " + what); };
  proxy_.emplace(io, *proxied_, [this](Call& call, Url origin) { return pass_proxied(call, origin); });
}

Recorder::~Recorder() = default;

Recorder::Side Recorder::make_side(boost::asio::io_context& io, corpus::Leg leg, const Url& upstream,
                                   const RecorderSettings& settings) {
  return Side(leg,
              HttpClient(io, upstream, settings.limits,
                         leg == corpus::Leg::webhook ? settings.bot_trust : settings.graph_trust),
              HttpServer(io, settings.limits, HttpServer::CallHandler([this, leg](Call& call) {
                           Side& side = leg == corpus::Leg::webhook ? webhook_ : graph_;
                           return pass(side, side.upstream, call);
                         })));
}

corpus::Result<std::unique_ptr<Recorder>> Recorder::start(boost::asio::io_context& io, const RecorderSettings& settings,
                                                          std::function<void(const corpus::Fault&)> on_fault,
                                                          std::function<void(const std::string&)> on_note) {
  const corpus::SessionInfo info{.name = settings.name,
                                 .started = utc_now(),
                                 .bot = to_string(settings.bot),
                                 .graph = to_string(settings.graph),
                                 .origin = fmt::format("recorded by rollcall {}", kVersion),
                                 .extra = ""};
  auto recorder = std::make_unique<Recorder>(io, settings, std::move(on_note));
  if (auto heard = recorder->listen(settings); !heard) return std::unexpected(heard.error());
  auto tape = Tape::create(io, settings.path, info, std::move(on_fault));
  if (!tape) return std::unexpected(std::move(tape.error()));
  recorder->tape_ = std::move(*tape);
  return recorder;
}

corpus::Result<void> Recorder::listen(const RecorderSettings& settings) {
  const auto open = [&](Side& side, const HostPort& at) -> corpus::Result<void> {
    if (settings.tls) side.server.use_tls(settings.tls);
    const std::string leg = side.leg == corpus::Leg::webhook ? "webhook: " : "graph: ";
    side.server.on_note([this, leg](const std::string& what) { on_note_(leg + what); });
    auto address = side.server.listen(at.host, at.port);
    if (!address) return std::unexpected(std::move(address.error()));
    side.address = std::move(*address);
    return {};
  };
  if (auto heard = open(webhook_, settings.webhook_listen); !heard) return heard;
  if (auto heard = open(graph_, settings.graph_listen); !heard || !proxy_) return heard;
  auto address = proxy_->listen();
  if (!address) return std::unexpected(std::move(address.error()));
  proxy_address_ = std::move(*address);
  return {};
}

std::unique_ptr<Recorder::Passage> Recorder::take_passage() {
  if (spare_.empty()) return std::make_unique<Passage>();
  std::unique_ptr<Passage> passage = std::move(spare_.back());
  spare_.pop_back();
  passage->on_tape = false;
  return passage;
}

void Recorder::put_back(std::unique_ptr<Passage> passage) {
  if (passage->wire.bytes.capacity() <= kKeptMemory) spare_.push_back(std::move(passage));
}

namespace {

corpus::Response answer_for(const corpus::Failure& failure, const Url& upstream, const std::string& detail) {
  std::string message = fmt::format("Rollcall got no answer from {}: {}", to_string(upstream), failure.reason);
  if (!detail.empty()) message += fmt::format(" ({})", detail);
  return no_answer_response(failure.reason, message);
}

}  // namespace

// The order is the point: the request leaves before it is written down, which then happens while the upstream is at
// work, and the answer leaves after both are in the file. Secrets are taken out of the very bytes that were received,
// so whatever is sent on has to be made before.
Task<void> Recorder::pass(Side& side, HttpClient& upstream, Call& call) {
  corpus::Exchange& exchange = call.exchange;
  exchange.leg = side.leg;
  tape_->begin(exchange);
  std::unique_ptr<Passage> passage = take_passage();
  passage->exchange = &exchange;
  under_way_.push_back(*passage);
  upstream.prepare(exchange.request, passage->wire);
  const auto to_tape = [this, &passage = *passage] {
    tape_->request(*passage.exchange);
    passage.on_tape = true;
  };
  call.when_caller_leaves([&passage = *passage] { passage.flight.abort(failure::kCallerClosed); });
  co_await upstream.send(passage->wire, exchange.outcome, to_tape, &passage->flight);
  call.when_caller_leaves(nullptr);  // the flight is over, and its passage is about to serve another call
  exchange.ended = tape_->now();
  if (!passage->on_tape) to_tape();
  passage->unlink();
  ++side.exchanges;
  if (const corpus::Failure* failed = exchange.failure()) {
    note_failure(side, upstream, failed->reason);
    call.answer(answer_for(*failed, upstream.base(), upstream.detail()));
  } else {
    call.answer(*exchange.response());
  }
  tape_->outcome(exchange);
  put_back(std::move(passage));
  if (!co_await tape_->written()) call.drop();
}

void Recorder::note_failure(Side& side, const HttpClient& upstream, const std::string& reason) {
  ++count_.failures;
  const std::string kind = to_string(upstream.base()) + ": " + reason;
  if (std::ranges::find(side.noted, kind) != side.noted.end()) return;
  side.noted.push_back(kind);
  const std::string& detail = upstream.detail();
  on_note_(fmt::format("{}: no answer from {}{}", side.leg == corpus::Leg::webhook ? "webhook" : "graph", kind,
                       detail.empty() ? "" : " (" + detail + ")"));
}

HttpClient& Recorder::way_to(const Url& origin) {
  if (origin.host == kGraphHost || origin.host == graph_.upstream.base().host) return graph_.upstream;
  const std::string name = to_string(origin);
  const auto found = others_.find(name);
  if (found != others_.end()) return found->second;
  const auto detour = std::ranges::find(proxied_->detours, origin.host, &Detour::host);
  const Url& to = detour == proxied_->detours.end() ? origin : detour->to;
  return others_.emplace(name, HttpClient(io_, to, proxied_->limits, proxied_->trust)).first->second;
}

Task<void> Recorder::pass_proxied(Call& call, Url origin) {
  HttpClient& upstream = way_to(origin);
  corpus::Request& request = call.exchange.request;
  if (const std::string protocol = wanted_upgrade(request); !protocol.empty()) {
    on_note_(fmt::format("proxy: {} is asked for {}, which is passed on and not recorded", to_string(origin),
                         printable(protocol)));
    call.hand_over(pass_upgrade(io_, request, upstream.base(), proxied_->trust, proxied_->limits));
    co_return;
  }
  if (&upstream != &graph_.upstream) request.target.insert(0, to_string(origin));
  co_await pass(graph_, upstream, call);
}

Task<void> Recorder::drain(std::chrono::milliseconds grace) {
  const auto until = Clock::now() + grace;
  co_await webhook_.server.drain(grace);
  const auto left = [until] {
    const auto rest = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now());
    return std::max(rest, std::chrono::milliseconds(0));
  };
  co_await graph_.server.drain(left());
  if (proxy_) co_await proxy_->drain(left());
}

corpus::Result<void> Recorder::finish() {
  for (Passage& passage : under_way_) {
    if (!passage.on_tape) tape_->request(*passage.exchange);
    // Not in place: the answer that may be half there belongs to the coroutine that reads it.
    corpus::Exchange cut;
    cut.number = passage.exchange->number;
    cut.ended = tape_->now();
    cut.outcome = corpus::Failure{std::string(failure::kCutOff)};
    tape_->outcome(cut);
    ++count_.cut_off;
    ++count_.failures;
    ++(passage.exchange->leg == corpus::Leg::webhook ? webhook_ : graph_).exchanges;
  }
  under_way_.clear();
  webhook_.server.close();
  graph_.server.close();
  if (proxy_) proxy_->close();
  return tape_->finish();
}

RecorderCount Recorder::count() const {
  RecorderCount count = count_;
  count.webhook = webhook_.exchanges;
  count.graph = graph_.exchanges;
  const std::size_t by_proxy = proxy_ ? proxy_->refused() : 0;
  count.refused = static_cast<std::int64_t>(webhook_.server.refused() + graph_.server.refused() + by_proxy);
  return count;
}

}  // namespace harness
