// Messages that do not go out whole and at once: what a session's "sending" and "token" make of them.
//
// The members are described on the page corpus/FORMAT.md.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "corpus/exchange.h"
#include "harness/address.h"
#include "harness/http_message.h"

namespace harness {

/// How the bytes of a message are handed to the network. None of it: all of them at once, as usual. Owned by the
/// message's bytes, beside them.
struct Steps {
  std::vector<std::size_t> ends;      ///< how many bytes are out after each write; the last one is all of them
  std::chrono::microseconds hold{};   ///< before the first write
  std::chrono::microseconds pause{};  ///< between two writes
  bool reset = false;                 ///< then the connection is reset
  bool last = false;                  ///< then the connection is at its end: the length was not true

  bool any() const { return !ends.empty() || reset || last; }
};

/// Appends the request as it goes to `upstream`, and says how. As append_request() for a request without a manner. A
/// manner that the format does not know counts as none: whoever reads a session says so first.
void stage_request(std::string& wire, const corpus::Request& request, const Url& upstream, Steps& steps);

/// The same for an answer, as append_response().
void stage_response(std::string& wire, const corpus::Response& response, const Framing& framing, Steps& steps);

}  // namespace harness
