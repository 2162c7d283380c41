// One listener that speaks HTTP/1 to callers.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "corpus/exchange.h"
#include "harness/http_call.h"
#include "harness/net.h"
#include "harness/staging.h"

namespace harness {

/// Accepts connections and hands requests to a handler, one at a time for each connection, many connections at once.
///
/// It answers by itself what is no good request: 400, 405 (CONNECT), 408, 413, 431, 501; and `Expect: 100-continue`.
/// Whoever does not manage a TLS handshake is let go. Both are counted, and told of in a note.
/// It may be destroyed at any time: connections end, and handlers that are under way run on without being heard.
class HttpServer {
 public:
  /// No answer: the connection is closed without one.
  using Handler = std::function<Task<std::optional<corpus::Response>>(corpus::Request)>;
  /// The same without copies: the handler calls Call::answer, or returns without to have the connection closed.
  using CallHandler = std::function<Task<void>(Call&)>;

  HttpServer(boost::asio::io_context& io, const HttpLimits& limits, Handler handler);
  HttpServer(boost::asio::io_context& io, const HttpLimits& limits, CallHandler handler);
  ~HttpServer();
  HttpServer(HttpServer&&) noexcept;
  HttpServer& operator=(HttpServer&&) noexcept;

  /// To be called before listen(): callers have to speak TLS.
  void use_tls(TlsContext tls);
  /// To be called before listen(): CONNECT is given to the handler like any other method.
  void take_connect();
  /// To be called before listen(): gets a line for a person for each caller that is refused, up to a hundred.
  void on_note(std::function<void(const std::string&)> note);

  /// Starts to accept, and returns the real address, "127.0.0.1:41233". A fault if the host is none of this machine's
  /// or the port is in use.
  corpus::Result<std::string> listen(const std::string& host, std::uint16_t port);

  /// Calls are given to this handler from now on; those that are under way stay with the one that they were given to.
  void hand_to(CallHandler handler);
  /// Closes connections on which no request is under way, but for the `most` that came last.
  void trim(std::size_t most);

  /// Stops accepting and closes connections on which no request is under way, or that were handed over. Each of the
  /// others is closed after its answer. True when all have gone, false if some were still there after `grace`.
  Task<bool> drain(std::chrono::milliseconds grace);
  /// Stops accepting and cuts every connection.
  void close();

  /// Requests that were refused because they could not be read, were too large or too slow, or were no business of
  /// ours; and failed handshakes.
  std::size_t refused() const;

 private:
  struct Connection;
  struct State;
  static Task<void> accept(std::shared_ptr<State> state);
  static Task<void> converse(std::shared_ptr<State> state, std::unique_ptr<Connection> connection);

  std::shared_ptr<State> state_;  // shared with the connections' coroutines, which may outlive the server
};

}  // namespace harness
