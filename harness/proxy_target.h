// What callers of a forward proxy ask for, read with suspicion.
#pragma once

#include <string>
#include <string_view>

#include "corpus/exchange.h"
#include "harness/address.h"

namespace harness {

/// The target of a CONNECT: HOST:PORT, the host in lower case and without a dot at its end. Names are letters, digits,
/// `-`, `_` and dots; addresses are taken, IPv6 in brackets; port 0, a missing port and user names are refused. The
/// fault's `what` is a sentence for the caller; it repeats nothing that could harm a log.
corpus::Result<HostPort> parse_connect_target(std::string_view target);

/// The host of a target in absolute form, `http://HOST[:PORT]/…` or https, by the same rules. Its path is empty.
corpus::Result<Url> parse_absolute_target(std::string_view target);

/// A URL's host and port as they are compared: the host in lower case.
HostPort place_of(const Url& url);

/// The base URL of a host, "https://host" or with a port that is not the scheme's own.
Url origin_of(bool tls, const HostPort& at);

/// A target without the origin that it may begin with: "/path?query", never empty.
std::string path_of(std::string_view target);

/// The protocol that a request asks for instead of HTTP ("websocket"); empty if it asks for none. HTTP/2 without TLS
/// (h2c) does not count: whoever asks for it is content with HTTP/1.1.
std::string wanted_upgrade(const corpus::Request& request);

/// Text from a caller for a line of a log: what is not printable ASCII becomes `?`, and what is long is cut.
std::string printable(std::string_view text);

}  // namespace harness
