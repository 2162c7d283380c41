// How long a bot took to answer what it was told.
#pragma once

#include <optional>

#include "corpus/exchange.h"
#include "replay/lateness.h"

namespace replay {

/// The same figures for another time: from when a delivery was *due* to the bot's answer. Counted from when it was
/// sent, a player that a slow bot or a busy machine holds up would measure only what is left after the wait, and call
/// the bot fast just when it was not.
using Latency = Lateness;

/// Of all deliveries that were answered, whatever the answer. Those without an answer have no such time; the verdict
/// tells of them. Nothing if there are none, or if the session does not say when its deliveries were due.
std::optional<Latency> latency_of(const corpus::Session& live);

}  // namespace replay
