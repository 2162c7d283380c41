// What a replayer does as a forward proxy.
#include <utility>

#include "harness/proxy_target.h"
#include "harness/replayer.h"
#include "harness/tls_options.h"

namespace harness {

corpus::Result<void> Replayer::listen_as_proxy() {
  ProxySettings settings = *settings_.proxy;
  settings.limits = settings_.limits;
  settings.on_note = [this](const std::string& what) {
    if (settings_.on_note) settings_.on_note("proxy: " + what);
  };
  // A bot that was recorded at a national cloud knows Graph by that name.
  const auto recorded = parse_url(recorded_.info.graph);
  const bool named = recorded && recorded->tls;
  settings_.schedule.graph = named ? to_string(*recorded) : std::string("https://") + kGraphHost;
  if (named) settings.intercepted.push_back(place_of(*recorded));
  proxy_.emplace(io_, std::move(settings),
                 [this](Call& call, Url origin) { return on_proxied_request(call, std::move(origin)); });
  auto address = proxy_->listen();
  if (!address) return std::unexpected(address.error());
  proxy_address_ = std::move(*address);
  const std::string warning = exposure_of("--proxy-listen", proxy_address_);
  if (settings_.on_note && !warning.empty()) settings_.on_note(warning);
  return {};
}

// As the recorder has it: Graph's own host as if it had been called directly, others by their whole name.
Task<void> Replayer::on_proxied_request(Call& call, Url origin) {
  const auto graph = parse_url(settings_.schedule.graph);
  if (origin.host == kGraphHost || origin.host == place_of(*graph).host) {
    co_await on_bot_request(call);
    co_return;
  }
  const std::string base = to_string(origin);
  if (answer_by_identity(call, base, base)) co_return;
  call.exchange.request.target.insert(0, base);
  const auto service = settings_.services.find(origin.host);
  if (service != settings_.services.end()) {
    co_await on_service_request(call, service->second);
  } else {
    co_await on_bot_request(call);
  }
}

// Not the scheduler's business: nothing that Graph does waits for it.
Task<void> Replayer::on_service_request(Call& call, const ServiceDouble& service) {
  corpus::Request& request = call.exchange.request;
  corpus::Request asked = request;
  asked.target = path_of(request.target);
  corpus::Response answer = service(asked);
  call.answer(answer);
  if (finished_) co_return;
  const std::size_t logged = log_->request(corpus::Leg::graph, std::move(request), now());
  log_->outcome(logged, std::move(answer), now());
}

}  // namespace harness
