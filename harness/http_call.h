// One request that a listener has received, and what is to become of it.
#pragma once

#include <functional>
#include <string>

#include "corpus/exchange.h"
#include "harness/http_message.h"
#include "harness/net.h"
#include "harness/staging.h"
#include "harness/stream.h"

namespace harness {

/// One request that has been received whole, while it is being answered. Owned by its connection and reused for the
/// next request, with the memory that it has come to hold.
class Call {
 public:
  /// A conversation that is no HTTP any more. `ahead` is what has been read of it already. The connection lives until
  /// it returns, and is closed then.
  using Conversation = std::function<Task<void>(Stream& caller, std::string ahead)>;

  /// `request` is filled in; the rest is the handler's to use.
  corpus::Exchange exchange;

  /// Makes the answer ready to be sent when the handler returns; nothing of `response` is needed afterwards.
  void answer(const corpus::Response& response);
  /// Takes an answer back: the connection will be closed without one.
  void drop() {
    wire_.clear();
    steps_ = {};
  }
  /// Answers a CONNECT with 200 and goes on by TLS, as the host that the caller wanted to reach: requests that come
  /// through it have `inside`, any text but an empty one.
  void intercept(TlsContext tls, std::string inside);
  /// What was said to intercept() on this connection; empty if nothing was.
  const std::string& inside() const { return inside_; }
  /// Gives no answer and leaves the connection to somebody else.
  void hand_over(Conversation conversation) { conversation_ = std::move(conversation); }
  /// As answer(), but the request is one that is not taken: it is counted, noted, and the connection closed.
  void refuse(corpus::Response response, std::string why);

  /// Asks to be told, at most a sweep late, when the caller leaves before it has been answered. Lasts for one call.
  void when_caller_leaves(std::function<void()> told) { caller_left_ = std::move(told); }
  /// Asks to be told once the answer has been handed to the system, or cannot be any more. Lasts for one call.
  void when_answered(std::function<void()> told) { answered_ = std::move(told); }

 private:
  friend class HttpServer;
  void begin(const Framing& framing);
  void trim();

  Framing framing_;
  std::string wire_;
  Steps steps_;
  std::string inside_;
  TlsContext tls_;  // to be begun once the answer has been sent
  Conversation conversation_;
  std::function<void()> caller_left_;
  std::function<void()> answered_;
  std::string refused_;  // why; empty if it is not
};

}  // namespace harness
