// Calls that keep Graph's promises up to a point, for tests that break them there.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "corpus/promises.h"
#include "tests/support/session_builder.h"

namespace support {

inline constexpr const char* kOperation = "17e3c2a0-5a6f-4f0e-9d8f-3c1b7a1f0e11";
inline constexpr const char* kOperationBare = "17E3C2A05A6F4F0E9D8F3C1B7A1F0E11";
inline const std::string kCalls = "/v1.0/communications/calls";
inline const std::string kInvite = kCalls + "/" + kCall + "/participants/invite";
inline const std::string kAsked = R"({"clientContext":"f2fa"})";

/// A rule that is broken, and the line that shows it.
using Broken = std::pair<corpus::Promise, std::size_t>;

/// What a session breaks, in order of lines.
inline std::vector<Broken> broken(const corpus::Session& session) {
  std::vector<Broken> all;
  for (const corpus::Breach& breach : corpus::broken_rules(session)) all.emplace_back(breach.promise, breach.line);
  return all;
}

/// The same as a person reads it.
inline std::vector<std::string> told(const corpus::Session& session) {
  std::vector<std::string> all;
  for (const corpus::Breach& breach : corpus::broken_rules(session)) all.push_back(to_string(breach, session));
  return all;
}

/// The answer to an invitation, with a status as it stands in JSON.
inline std::string invited(const std::string& status) {
  return R"({"@odata.type":"#microsoft.graph.inviteParticipantsOperation","id":")" + std::string(kOperation) +
         R"(","clientContext":"f2fa","status":)" + status + "}";
}

/// A session with a call that the bot made: lines 2 and 3.
inline SessionBuilder call_made() {
  SessionBuilder builder;
  builder.request(10, 20, "POST", kCalls, "{}", 201, R"({"id":")" + std::string(kCall) + R"("})");
  return builder;
}

/// The same, and an invitation that is under way: lines 4 and 5.
inline SessionBuilder invite_made() {
  SessionBuilder builder = call_made();
  builder.request(30, 40, "POST", kInvite, kAsked, 200, invited(R"("Running")"));
  return builder;
}

/// Names the message that was added last, so that no other one is the same.
inline void name_last(SessionBuilder& builder, const std::string& id) {
  builder.last().request.headers.push_back({"x-microsoft-skype-message-id", id});
}

/// A notification of a roster that holds one thing.
inline std::string roster(const std::string& member, const std::string& number) {
  return R"({"value":[{"changeType":"updated","resource":"/app/calls/)" + std::string(kCall) +
         R"(/participants","resourceData":[)" + member + number + "}]}]}";
}

/// A change of the roster with its sequence number.
inline std::string delta(const std::string& number) {
  return roster(R"({"@odata.type":"#microsoft.graph.deltaParticipants","participants":[],"sequenceNumber":)", number);
}

/// A roster with one participant and its number.
inline std::string participant(const std::string& id, const std::string& number) {
  return roster(
      R"({"@odata.type":"#microsoft.graph.participant","info":{},"id":")" + id + R"(","rosterSequenceNumber":)",
      number);
}

}  // namespace support
