#include "harness/proxy_target.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/ip/address.hpp>

#include "corpus/ascii.h"
#include "harness/http_message.h"

namespace harness {
namespace {

std::unexpected<corpus::Fault> bad(std::string what) {
  return std::unexpected(corpus::Fault{corpus::Error::invalid, "", std::move(what)});
}

std::string lowered(std::string text) {
  std::ranges::transform(text, text.begin(), corpus::lower);
  return text;
}

// A host as it is compared and looked up. Boost.URL decodes %00 and takes it for a part of a name.
corpus::Result<std::string> plain_host(std::string host) {
  boost::system::error_code ec;
  const auto address = boost::asio::ip::make_address(host, ec);
  if (!ec) return address.to_string();
  constexpr std::string_view kOfNames = "abcdefghijklmnopqrstuvwxyz0123456789-._";
  constexpr std::size_t kLongest = 253;
  host = lowered(std::move(host));
  if (host.ends_with('.')) host.pop_back();
  const bool name = !host.empty() && host.size() <= kLongest && host.front() != '.' && host.front() != '-' &&
                    host.find_first_not_of(kOfNames) == std::string::npos && host.find("..") == std::string::npos;
  if (!name) return bad("The host is no name and no address.");
  return host;
}

}  // namespace

corpus::Result<HostPort> parse_connect_target(std::string_view target) {
  auto parsed = parse_host_port(target);
  if (!parsed) return bad("CONNECT takes HOST:PORT, as in graph.microsoft.com:443.");
  if (parsed->port == 0) return bad("Nobody listens on port 0.");
  auto host = plain_host(std::move(parsed->host));
  if (!host) return std::unexpected(host.error());
  return HostPort{std::move(*host), parsed->port};
}

corpus::Result<Url> parse_absolute_target(std::string_view target) {
  // A query may hold what Boost.URL does not take; nothing behind the host matters here.
  const auto scheme = target.find("://");
  const auto end = scheme == std::string_view::npos ? scheme : target.find_first_of("/?#", scheme + 3);
  const auto parsed = parse_url(target.substr(0, end));
  if (!parsed) return bad("This is a forward proxy: it takes CONNECT HOST:PORT, and targets like http://host/path.");
  auto host = plain_host(parsed->host);
  if (!host) return std::unexpected(host.error());
  return origin_of(parsed->tls, {std::move(*host), parsed->port});
}

HostPort place_of(const Url& url) {
  return {lowered(url.host), url.port};
}

Url origin_of(bool tls, const HostPort& at) {
  Url url;
  url.tls = tls;
  url.host = at.host;
  url.port = at.port;
  const bool usual = at.port == (tls ? 443 : 80);
  url.authority = to_string(at);
  if (usual) url.authority.erase(url.authority.rfind(':'));
  return url;
}

std::string path_of(std::string_view target) {
  const auto scheme = target.find("://");
  if (target.starts_with('/') || target == "*" || scheme == std::string_view::npos) return std::string(target);
  const auto path = target.find_first_of("/?", scheme + 3);
  if (path == std::string_view::npos) return "/";
  return (target[path] == '?' ? "/" : "") + std::string(target.substr(path));
}

std::string wanted_upgrade(const corpus::Request& request) {
  const auto connection = find_header(request.headers, "connection");
  const auto upgrade = find_header(request.headers, "upgrade");
  if (!connection || !upgrade || upgrade->empty()) return "";
  const bool asked = lowered(std::string(*connection)).find("upgrade") != std::string::npos;
  return asked && !same_token(*upgrade, "h2c") ? std::string(*upgrade) : "";
}

std::string printable(std::string_view text) {
  constexpr std::size_t kLongest = 200;
  std::string shown(text.substr(0, kLongest));
  std::ranges::replace_if(
      shown, [](char c) { return c < ' ' || c > '~'; }, '?');
  if (text.size() > kLongest) shown += "...";
  return shown;
}

}  // namespace harness
