// What counts as having told a bot something: the one notion of it that plans, causes, deadlines and deaths go by.
#pragma once

#include <optional>

#include "corpus/exchange.h"

namespace replay {

/// When the bot was told something by this exchange, be it recorded or live. By a delivery: once it was sent, whether
/// it was acknowledged or not, unless nobody was there to take it. By a request of its own: once it was answered, or
/// failed in a way that the bot could see. Nothing: never. Polling, which the bot does for itself, is for the caller to
/// leave out.
std::optional<corpus::Micros> told_at(const corpus::Exchange& exchange);

/// Whether a delivery can have reached the bot at all: nothing refused the connection.
bool has_arrived(const corpus::Exchange& delivery);

}  // namespace replay
