// Addresses that people type: where to listen and whom to call.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "corpus/error.h"

namespace harness {

/// Where to listen. The host is a name or an address without brackets; port 0 lets the system choose.
struct HostPort {
  std::string host;
  std::uint16_t port = 0;

  bool operator==(const HostPort&) const = default;
};

/// The base of a service: what stands before every request target that goes there.
struct Url {
  bool tls = false;
  std::string host;  ///< name or address, without brackets
  std::uint16_t port = 0;
  std::string authority;  ///< what goes into `Host`: the port only if it is not the scheme's own
  std::string path;       ///< put before every request target; empty, or "/like/this" without a slash at the end

  bool operator==(const Url&) const = default;
};

/// "https://host:port/path".
std::string to_string(const Url& url);
/// "host:port", with brackets around an IPv6 address.
std::string to_string(const HostPort& address);

/// HOST:PORT, "[::1]:80" too. The fault's `where` is empty: the caller knows the option.
corpus::Result<HostPort> parse_host_port(std::string_view text);

/// Whether a URL may have port 0, which stands for any that is free.
enum class AnyPort { refused, taken };

/// http://HOST[:PORT][/PATH] or https://…; no credentials, query or fragment, which a base cannot have.
corpus::Result<Url> parse_url(std::string_view text, AnyPort any = AnyPort::refused);

}  // namespace harness
