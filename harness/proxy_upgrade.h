// Requests that ask for another protocol than HTTP, a WebSocket mostly.
#pragma once

#include "corpus/exchange.h"
#include "harness/http_call.h"

namespace harness {

/// What to do with a caller whose request has a wanted_upgrade() (proxy_target.h): the request goes to `upstream` as it
/// is. Once that has agreed (101), bytes pass both ways; if it does not agree, its answer is the caller's, and the
/// connection ends with it. `trust` is as HttpClient has it.
Call::Conversation pass_upgrade(boost::asio::io_context& io, const corpus::Request& request, Url upstream,
                                TlsContext trust, const HttpLimits& limits);

}  // namespace harness
