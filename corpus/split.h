// A recording of many calls, cut into one session per call.
#pragma once

#include <vector>

#include "corpus/exchange.h"

namespace corpus {

/// Cuts a session so that each part holds what belongs together: calls that are tied by an id of theirs in one message
/// (replacesCallId, a delivery that speaks of both, a common callChainId) stay in one part. Each exchange is in exactly
/// one part. One that speaks of no call goes with the call whose next exchange follows it (a request to start a call
/// comes before the call is known), or with the last call if none follows.
///
/// Parts stand in order of their first exchange and start at time 0; exchanges keep their numbers. Names get "-1",
/// "-2", …. One part if there is nothing to cut. A session that was cut off gives parts that are cut off.
std::vector<Session> split_calls(const Session& session);

/// `started` moved by an offset: RFC 3339 in UTC with microseconds. A text of any other form stays as it is.
std::string moved_time(const std::string& started, Micros offset);

}  // namespace corpus
