#include "harness/bot_connections.h"

#include <utility>

namespace harness {
namespace {

// Without an answer, the connection is closed.
Task<void> send_away(Call&) {
  co_return;
}

}  // namespace

BotConnections::BotConnections(boost::asio::io_context& io, Url bot, const HttpLimits& limits, TlsContext trust)
    : io_(io),
      limits_(limits),
      trust_(std::move(trust)),
      bot_(io, std::move(bot), limits, trust_),
      graph_(io, limits, HttpServer::CallHandler(send_away)) {}

corpus::Result<std::string> BotConnections::listen(const HostPort& place, TlsContext tls,
                                                   std::function<void(const std::string&)> note) {
  if (tls) graph_.use_tls(std::move(tls));
  graph_.on_note(std::move(note));
  auto address = graph_.listen(place.host, place.port);
  if (address) graph_address_ = *address;
  return address;
}

void BotConnections::turn_to(Url bot) {
  bot_ = HttpClient(io_, std::move(bot), limits_, trust_);
}

void BotConnections::rest() {
  graph_.hand_to(send_away);
  graph_.trim(1);
  bot_.trim(1);
}

}  // namespace harness
