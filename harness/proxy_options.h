// The options of the forward proxy, with one name and one meaning in every command that has one.
#pragma once

#include <boost/program_options/options_description.hpp>
#include <optional>
#include <string>
#include <vector>

#include "harness/options.h"
#include "harness/proxy.h"
#include "harness/tls_options.h"

namespace harness {

/// What was asked for on the command line.
struct ProxyOptions {
  std::optional<HostPort> listen;      ///< --proxy-listen; without it there is no proxy
  std::vector<std::string> intercept;  ///< --intercept HOST[:PORT]
  std::vector<std::string> resolve;    ///< --resolve HOST=URL
  bool offline = false;                ///< --offline
};

/// Adds them all to a command's list.
void add_proxy(boost::program_options::options_description& list, ProxyOptions& options);

/// The proxy that the options describe; nothing without --proxy-listen. `graph` is intercepted with the usual hosts if
/// it is another. The fault names the option.
corpus::Result<std::optional<ProxySettings>> proxy_settings(const ProxyOptions& options, const TlsSetup& tls,
                                                            const Url& graph);

}  // namespace harness
