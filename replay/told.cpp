#include "replay/told.h"

namespace replay {

bool has_arrived(const corpus::Exchange& delivery) {
  const auto* failure = delivery.failure();
  return failure == nullptr || !(failure->reason == "refused" || failure->reason == "unreachable" ||
                                 failure->reason == "unresolved" || failure->reason == "tls");
}

std::optional<corpus::Micros> told_at(const corpus::Exchange& exchange) {
  if (exchange.leg == corpus::Leg::webhook) return has_arrived(exchange) ? std::optional(exchange.sent) : std::nullopt;
  return exchange.shows_end() ? std::optional(exchange.ended) : std::nullopt;
}

}  // namespace replay
