// What a caller is told whose request cannot be taken.
#pragma once

#include "corpus/exchange.h"
#include "harness/http_parser.h"
#include "harness/net.h"

namespace harness {

/// The answer to a request that broke off with this fault.
corpus::Response refusal(ParseFault fault, const HttpLimits& limits);

}  // namespace harness
