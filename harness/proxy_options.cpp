#include "harness/proxy_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/program_options/value_semantic.hpp>

#include "harness/proxy_target.h"

namespace harness {
namespace {

namespace po = boost::program_options;

constexpr std::uint16_t kHttpsPort = 443;

// HOST or HOST:PORT; an IPv6 address has brackets.
corpus::Result<HostPort> parse_intercepted(const std::string& text) {
  const bool has_port = text.find(':', text.find(']') == std::string::npos ? 0 : text.find(']')) != std::string::npos;
  auto parsed = parse_connect_target(has_port ? text : fmt::format("{}:{}", text, kHttpsPort));
  if (!parsed) return corpus::invalid("--intercept", fmt::format("'{}' is not HOST or HOST:PORT", text));
  return parsed;
}

corpus::Result<Detour> parse_detour(const std::string& text) {
  const auto equals = text.find('=');
  const auto host = parse_connect_target(text.substr(0, equals) + ":443");
  if (equals == std::string::npos || !host) {
    return corpus::invalid("--resolve",
                           fmt::format("'{}' is not HOST=URL, like login.example=http://127.0.0.1:8080", text));
  }
  auto to = parse_url(std::string_view(text).substr(equals + 1));
  if (!to) return corpus::invalid("--resolve", to.error().what);
  return Detour{host->host, std::move(*to)};
}

}  // namespace

void add_proxy(po::options_description& list, ProxyOptions& options) {
  list.add_options()(
      "proxy-listen",
      po::value<HostPort>()->notifier([&](const HostPort& at) { options.listen = at; })->value_name("HOST:PORT"),
      "be a forward proxy there, for a bot that knows nothing of Rollcall (HTTPS_PROXY)")(
      "intercept", po::value(&options.intercept)->value_name("HOST[:PORT]"), "have the proxy intercept that host, too")(
      "resolve", po::value(&options.resolve)->value_name("HOST=URL"), "where that host really is, for the proxy")(
      "offline", po::bool_switch(&options.offline), "have the proxy refuse all other hosts");
}

corpus::Result<std::optional<ProxySettings>> proxy_settings(const ProxyOptions& options, const TlsSetup& tls,
                                                            const Url& graph) {
  if (!options.listen) {
    if (options.intercept.empty() && options.resolve.empty() && !options.offline) return std::nullopt;
    const char* option = !options.intercept.empty() ? "--intercept" : options.offline ? "--offline" : "--resolve";
    return corpus::invalid(option, "says nothing without --proxy-listen");
  }
  ProxySettings settings;
  settings.listen = *options.listen;
  settings.offline = options.offline;
  settings.authority = tls.authority;
  settings.trust = tls.others;
  for (const char* host : {kGraphHost, kLoginHost, kCallingKeysHost})
    settings.intercepted.push_back({host, kHttpsPort});
  if (graph.tls) settings.intercepted.push_back(place_of(graph));
  for (const std::string& text : options.intercept) {
    const auto at = parse_intercepted(text);
    if (!at) return std::unexpected(at.error());
    settings.intercepted.push_back(*at);
  }
  for (const std::string& text : options.resolve) {
    auto detour = parse_detour(text);
    if (!detour) return std::unexpected(detour.error());
    settings.detours.push_back(std::move(*detour));
  }
  return settings;
}

}  // namespace harness
