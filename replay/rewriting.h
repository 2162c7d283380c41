// Recorded messages made fit for a live run.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "corpus/exchange.h"
#include "replay/bindings.h"

namespace replay {

/// The request as the bot is to get it: live ids in target, headers and body, Content-Length to match.
/// A body under a content coding goes out as it was recorded: take off what can be (corpus/content_coding.h) before.
corpus::Request live_request(const corpus::Request& recorded, const Bindings& bindings);

/// The answer as the bot is to get it, likewise; a Location below `recorded_graph` is moved below `live_graph`, unless
/// that is empty.
corpus::Response live_response(const corpus::Response& recorded, const Bindings& bindings,
                               std::string_view recorded_graph, std::string_view live_graph);

/// The same the other way round: what a live run said, under recorded ids.
corpus::Request recorded_request(const corpus::Request& live, const Bindings& bindings);
corpus::Response recorded_response(const corpus::Response& live, const Bindings& bindings,
                                   std::string_view recorded_graph, std::string_view live_graph);

/// An answer in Graph's own shape of an error. `message` must be valid UTF-8.
corpus::Response graph_error(int status, std::string_view code, std::string_view message, std::string_view request_id);

/// A GUID that is a function of the seed and the recorded id: canonical, version 4 in form.
std::string fresh_guid(std::uint64_t seed, std::string_view recorded);

}  // namespace replay
