// A mutated session as if nothing that Graph may do had been done to it.
#pragma once

#include "corpus/exchange.h"

namespace fuzz {

/// The same exchanges in the order of the recording that the session was made of: one after the other, each ended
/// before the next begins; copies once; each notification as a delivery of its own; everything sent whole and at once;
/// without explicit causes. A bot that is right does the same in both, whatever has been taken out of them, as long as
/// both still demand what can be demanded: so whether it passes this one tells what the other one may demand.
///
/// What was done within messages stays: other words of Graph's, another answer. So does a copy that was split, or came
/// in one batch with something else, and only the first split of a batch is known. A
/// copy of a delivery that the bot failed at is expected to be taken, also if it is all that is left of it.
corpus::Session straight_order(const corpus::Session& session);

}  // namespace fuzz
