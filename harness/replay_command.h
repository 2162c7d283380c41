// `rollcall replay`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/identity_options.h"
#include "harness/judging_options.h"
#include "harness/options.h"
#include "harness/proxy_options.h"
#include "harness/report_files.h"
#include "harness/tls_options.h"

namespace harness {

/// What `rollcall replay` was asked to do.
struct ReplayOptions {
  std::vector<std::string> sessions;
  Url bot;
  HostPort graph_listen;
  double speed = 1;
  bool asap = false;
  std::optional<Duration> max_gap;
  Duration patience;
  Duration settle;
  JudgingOptions judging;
  ReportOptions reports;
  bool keep_ids = false;
  std::optional<std::uint64_t> seed;
  unsigned repeat = 1;
  std::string live;  ///< empty: the live session is not kept
  TlsOptions tls;
  IdentityOptions identity;
  ProxyOptions proxy;
  bool step = false;
};

/// Replays each session in turn and prints its verdict.
int run_replay(const ReplayOptions& options);
int replay_command(const Arguments& args);

}  // namespace harness
