// Replays as tests of GoogleTest. Link rollcall::suite, and GoogleTest of whatever version you have.
//
//   class Calls : public testing::TestWithParam<rollcall::SessionFile> {};
//   TEST_P(Calls, GoAsRecorded) { EXPECT_REPLAYS(GetParam(), {.exec = "./my_bot --graph {graph} --port {port}"}); }
//   INSTANTIATE_TEST_SUITE_P(Recorded, Calls, testing::ValuesIn(rollcall::sessions("sessions")), rollcall::name_of);
#pragma once

#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "replay/report.h"
#include "rollcall/replay.h"

namespace rollcall {

/// How GoogleTest shows a parameter.
inline void PrintTo(const SessionFile& session, std::ostream* out) {
  *out << (session.path.empty() ? session.fault : session.path);
}

/// The name of a parameter: "Recorded/Calls.GoAsRecorded/first_call".
inline std::string name_of(const testing::TestParamInfo<SessionFile>& info) {
  return info.param.name;
}

/// Adds one failure for each finding, at the line of the recording that it is about, and one if there is no verdict.
/// What follows from other findings is counted with the first. `file` and `line`: of the test.
inline void expect_verdict(const SessionFile& session, const corpus::Result<::replay::Verdict>& verdict,
                           const char* file, int line) {
  if (!verdict) {
    ADD_FAILURE_AT(file, line) << corpus::to_string(verdict.error());
    return;
  }
  const testing::ScopedTrace trace(file, line, "replaying " + session.path);
  std::size_t follow = 0;
  for (const ::replay::Finding& finding : verdict->findings) follow += finding.consequence;
  std::string rest = follow == 0 ? "" : "  " + std::to_string(follow) + " more follow from what was found\n";
  for (const ::replay::Finding& finding : verdict->findings) {
    if (finding.consequence) continue;
    const bool known = finding.recorded && finding.recorded->line != 0;
    ADD_FAILURE_AT(known ? session.path.c_str() : file, known ? static_cast<int>(finding.recorded->line) : line)
        << ::replay::finding_text(finding, verdict->runs) << rest;
    rest.clear();
  }
  if (verdict->judgement == ::replay::Judgement::inconclusive) {
    ADD_FAILURE_AT(file, line) << ::replay::report_text(*verdict, session.path);
  }
}

/// Replays the session and expects that the bot does what it did in the recording.
inline void expect_replays(const SessionFile& session, const Replay& settings, const char* file, int line) {
  if (!session.fault.empty()) {
    ADD_FAILURE_AT(file, line) << session.fault;
    return;
  }
  expect_verdict(session, replay(session.path, settings), file, line);
}

/// The same for a file by its name.
inline void expect_replays(const std::string& session, const Replay& settings, const char* file, int line) {
  expect_replays(SessionFile{session, "", ""}, settings, file, line);
}

}  // namespace rollcall

/// EXPECT_REPLAYS(session, settings): a SessionFile or a path, and a rollcall::Replay, also as {.asap = true, …}.
#define EXPECT_REPLAYS(session, ...) ::rollcall::expect_replays(session, __VA_ARGS__, __FILE__, __LINE__)
