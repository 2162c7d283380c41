#include "harness/http_call.h"

#include <utility>

namespace harness {

void Call::begin(const Framing& framing) {
  framing_ = framing;
  drop();
  refused_.clear();
  tls_ = nullptr;
  conversation_ = nullptr;
}

void Call::answer(const corpus::Response& response) {
  wire_.clear();
  stage_response(wire_, response, framing_, steps_);
}

void Call::refuse(corpus::Response response, std::string why) {
  framing_.keep_alive = false;
  refused_ = std::move(why);
  answer(response);
}

// RFC 9110, 9.3.6: no content, so no length either.
void Call::intercept(TlsContext tls, std::string inside) {
  tls_ = std::move(tls);
  inside_ = std::move(inside);
  wire_ = "HTTP/1.1 200 Connection Established\r\n\r\n";
}

void Call::trim() {
  const auto* response = exchange.response();
  if (exchange.request.body.capacity() > kKeptMemory) exchange.request.body = {};
  if (response != nullptr && response->body.capacity() > kKeptMemory) exchange.outcome = {};
  if (wire_.capacity() > kKeptMemory) wire_ = {};
}

}  // namespace harness
