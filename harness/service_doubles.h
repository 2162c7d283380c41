// What stands in, during a replay, for the services beside Graph that a bot needs.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "corpus/exchange.h"

namespace harness {

/// Answers a request to one host; its target is a path.
using ServiceDouble = std::function<corpus::Response(const corpus::Request&)>;

/// By host, in lower case. Requests to these hosts are not matched with the recording.
using ServiceDoubles = std::map<std::string, ServiceDouble>;

/// For the host of Entra ID and that of the keys which sign notifications: 404 for everything, each in the shape of
/// that service's own errors, so that a client takes it for what it is.
ServiceDoubles absent_services();

}  // namespace harness
