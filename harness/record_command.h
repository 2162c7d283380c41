// `rollcall record`.
#pragma once

#include <optional>
#include <string>

#include "harness/options.h"
#include "harness/proxy_options.h"
#include "harness/tls_options.h"

namespace harness {

/// What `rollcall record` was asked to do.
struct RecordOptions {
  std::string corpus;
  std::string name;  ///< empty: from the time
  Url bot;
  Url graph;
  HostPort webhook_listen;
  HostPort graph_listen;
  TlsOptions tls;
  ProxyOptions proxy;
};

/// Records until SIGINT, SIGTERM or SIGHUP.
int run_record(const RecordOptions& options);

/// The same from the command line.
int record_command(const Arguments& args);

}  // namespace harness
