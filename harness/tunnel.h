// Bytes from one connection to another, unread.
#pragma once

#include <chrono>

#include "harness/stream.h"

namespace harness {

/// Passes on what comes on either side to the other, until both have ended, one of them breaks, or nothing has come for
/// `idle`. An end is passed on as such: the other direction goes on. Both streams must outlive the tunnel.
Task<void> tunnel(boost::asio::io_context& io, Stream& left, Stream& right, std::chrono::milliseconds idle);

}  // namespace harness
