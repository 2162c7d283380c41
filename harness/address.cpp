#include "harness/address.h"

#include <fmt/format.h>

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <charconv>
#include <optional>

namespace harness {
namespace {

std::string bracketed(const std::string& host) {
  return host.find(':') == std::string::npos ? host : "[" + host + "]";
}

std::uint16_t default_port(bool tls) {
  return tls ? 443 : 80;
}

// The port's number; nothing beyond 65535. Boost.URL 1.81 has a number of its own making for some of those.
std::optional<std::uint16_t> port_of(std::string_view digits) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  return error == std::errc() && end == digits.data() + digits.size() ? std::optional(port) : std::nullopt;
}

}  // namespace

std::string to_string(const Url& url) {
  return fmt::format("{}://{}{}", url.tls ? "https" : "http", url.authority, url.path);
}

std::string to_string(const HostPort& address) {
  return fmt::format("{}:{}", bracketed(address.host), address.port);
}

corpus::Result<HostPort> parse_host_port(std::string_view text) {
  const auto parsed = boost::urls::parse_authority(text);
  if (!parsed || parsed->has_userinfo() || parsed->host().empty() || !parsed->has_port() || parsed->port().empty()) {
    return corpus::invalid("", fmt::format("'{}' is not HOST:PORT, like 127.0.0.1:8080", text));
  }
  const std::optional<std::uint16_t> port = port_of(parsed->port());
  if (!port) return corpus::invalid("", fmt::format("'{}' has a port above 65535", text));
  return HostPort{.host = parsed->host_address(), .port = *port};
}

corpus::Result<Url> parse_url(std::string_view text, AnyPort any) {
  const auto parsed = boost::urls::parse_uri(text);
  const bool http = parsed && parsed->scheme_id() == boost::urls::scheme::http;
  const bool https = parsed && parsed->scheme_id() == boost::urls::scheme::https;
  // Boost.URL 1.81 takes "http://h:x" for the host "h" with the path "x".
  const bool good_path = parsed && (parsed->encoded_path().empty() || parsed->encoded_path().starts_with('/'));
  if ((!http && !https) || !good_path || parsed->host().empty()) {
    return corpus::invalid("", fmt::format("'{}' is not an http:// or https:// URL, like http://127.0.0.1:3978", text));
  }
  if (parsed->has_userinfo()) return corpus::invalid("", "the URL has a user name, which Rollcall does not send");
  if (parsed->has_query() || parsed->has_fragment()) {
    return corpus::invalid("", fmt::format("'{}' has a query or a fragment, which a base URL cannot have", text));
  }
  const std::optional<std::uint16_t> port = parsed->port().empty() ? default_port(https) : port_of(parsed->port());
  if (!port || (*port == 0 && any == AnyPort::refused))
    return corpus::invalid("", fmt::format("'{}' has a port that is not between 1 and 65535", text));
  Url url;
  url.tls = https;
  url.host = parsed->host_address();
  url.port = *port;
  url.authority = bracketed(url.host);
  if (url.port != default_port(https)) url.authority += fmt::format(":{}", url.port);
  url.path = std::string(parsed->encoded_path());
  while (url.path.ends_with('/')) url.path.pop_back();
  return url;
}

}  // namespace harness
