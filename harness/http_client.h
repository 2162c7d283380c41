// Requests to one upstream.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "corpus/exchange.h"
#include "harness/address.h"
#include "harness/net.h"
#include "harness/staging.h"
#include "harness/tls_context.h"

namespace harness {

/// Sends requests to one base URL over connections that it keeps open and uses again; https with the certificate
/// checked against the system's roots and the host's name.
///
/// It may be destroyed while requests are under way: they end as they would have. One request at a time travels on a
/// connection, so as many connections are open as requests are in flight; unused ones are closed after `pooled`.
class HttpClient {
 public:
  /// A request as bytes, made once so that it can be sent again; reuse one for many requests to reuse its memory.
  struct Wire {
    std::string bytes;
    bool idempotent = false;
    bool head = false;
    Steps steps;  ///< how the bytes go out, where not all at once; then over a connection of their own
  };

  /// A request under way, for whoever wants to end it early. Must outlive the send() that it is passed to.
  class Flight {
   public:
    /// Ends the request with this failure (a constant of namespace failure); nothing if it is not under way.
    void abort(std::string_view failure);

   private:
    friend class HttpClient;
    std::function<void(std::string_view)> abort_;
  };

  /// `tls` says whom to trust and what to show; null: the system's roots, and nothing. Unused if the URL is plain.
  HttpClient(boost::asio::io_context& io, Url base, const HttpLimits& limits, TlsContext tls = nullptr);
  ~HttpClient();
  HttpClient(HttpClient&&) noexcept;
  HttpClient& operator=(HttpClient&&) noexcept;

  /// The answer, or the failure that came instead. `on_written` is called once, when the system has taken the whole
  /// request. A kept connection that turns out dead before any byte of an answer is replaced by a fresh one, and the
  /// request sent again, only if nothing had been written or the method is idempotent.
  Task<corpus::Outcome> send(corpus::Request request, std::function<void()> on_written = {});

  /// The request as it will go out. What was in `wire` is overwritten.
  void prepare(const corpus::Request& request, Wire& wire) const;
  /// As above, without a copy of anything: `wire`, `outcome` and `flight` (may be null) must live until it is done.
  /// A Response that `outcome` holds is overwritten in place, so that its memory is used again.
  Task<void> send(const Wire& wire, corpus::Outcome& outcome, std::function<void()> on_written, Flight* flight);

  /// Connects, with the TLS handshake if there is one, and leaves again. False: detail() says what is in the way.
  Task<bool> reach();

  /// Closes unused connections, but for the `most` that were used last.
  void trim(std::size_t most);

  const Url& base() const;
  /// The system's words for the latest failure, for a person; empty if there are none.
  const std::string& detail() const;

 private:
  struct State;
  static Task<bool> reach_shared(std::shared_ptr<State> state);
  static Task<corpus::Outcome> send_owned(std::shared_ptr<State> state, corpus::Request request,
                                          std::function<void()> on_written);
  static Task<void> send_shared(std::shared_ptr<State> state, const Wire& wire, corpus::Outcome& outcome,
                                std::function<void()> on_written, Flight* flight);

  std::shared_ptr<State> state_;  // shared with the requests under way, which may outlive the client
};

}  // namespace harness
