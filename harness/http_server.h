// One listener that speaks HTTP/1 to callers.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "corpus/exchange.h"
#include "harness/http_message.h"
#include "harness/net.h"

namespace harness {

/// One request that has been received whole, while it is being answered. Owned by its connection and reused for the
/// next request, with the memory that it has come to hold.
class Call {
 public:
  /// `request` is filled in; the rest is the handler's to use.
  corpus::Exchange exchange;

  /// Makes the answer ready to be sent when the handler returns; nothing of `response` is needed afterwards.
  void answer(const corpus::Response& response);
  /// Takes an answer back: the connection will be closed without one.
  void drop() { wire_.clear(); }
  /// Asks to be told, at most a sweep late, when the caller leaves before it has been answered. Lasts for one call.
  void when_caller_leaves(std::function<void()> told) { caller_left_ = std::move(told); }
  /// Asks to be told once the answer has been handed to the system, or cannot be any more. Lasts for one call.
  void when_answered(std::function<void()> told) { answered_ = std::move(told); }

 private:
  friend class HttpServer;
  void trim();

  Framing framing_;
  std::string wire_;
  std::function<void()> caller_left_;
  std::function<void()> answered_;
};

/// Accepts connections and hands requests to a handler, one at a time for each connection, many connections at once.
///
/// It answers by itself what is no good request: 400, 405 (CONNECT), 408, 413, 431, 501; and `Expect: 100-continue`.
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

  /// Starts to accept, and returns the real address, "127.0.0.1:41233". A fault if the host is none of this machine's
  /// or the port is in use.
  corpus::Result<std::string> listen(const std::string& host, std::uint16_t port);

  /// Stops accepting and closes connections on which no request is under way. Each of the others is closed after its
  /// answer. True when all have gone, false if some were still there after `grace`.
  Task<bool> drain(std::chrono::milliseconds grace);
  /// Stops accepting and cuts every connection.
  void close();

  /// Requests that were refused because they could not be read, were too large or too slow.
  std::size_t refused() const;

 private:
  struct Connection;
  struct State;
  static Task<void> accept(std::shared_ptr<State> state);
  static Task<void> converse(std::shared_ptr<State> state, std::unique_ptr<Connection> connection);

  std::shared_ptr<State> state_;  // shared with the connections' coroutines, which may outlive the server
};

}  // namespace harness
