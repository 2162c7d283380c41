// The connections between us and one bot, both ways. They can outlast a replay.
#pragma once

#include <boost/asio/io_context.hpp>
#include <functional>
#include <string>

#include "harness/address.h"
#include "harness/http_client.h"
#include "harness/http_server.h"

namespace harness {

/// The client that deliveries go out by, and the listener where the bot finds Graph. A replay makes its own, or is
/// given one that it shares with those before and after it: then nobody has to connect anew. Must be destroyed after
/// all that uses it.
class BotConnections {
 public:
  /// `trust`: for a bot behind https; null: as HttpClient has it.
  BotConnections(boost::asio::io_context& io, Url bot, const HttpLimits& limits, TlsContext trust);

  /// Starts to listen, by TLS unless `tls` is null, and returns the real address, "127.0.0.1:41233". Once only. `note`
  /// gets a line for a person for each caller that is refused. Callers are sent away until there is a handler.
  corpus::Result<std::string> listen(const HostPort& place, TlsContext tls,
                                     std::function<void(const std::string&)> note);
  /// The address; empty if nobody listens.
  const std::string& graph_address() const { return graph_address_; }

  /// The bot is another one from now on, at this place.
  void turn_to(Url bot);

  HttpClient& bot() { return bot_; }
  HttpServer& graph() { return graph_; }

  /// To be called when a replay is over and another may follow: callers are sent away meanwhile. Of all connections one
  /// stays each way, since a burst of messages would leave many behind.
  void rest();

 private:
  boost::asio::io_context& io_;
  HttpLimits limits_;
  TlsContext trust_;
  HttpClient bot_;
  HttpServer graph_;
  std::string graph_address_;
};

}  // namespace harness
