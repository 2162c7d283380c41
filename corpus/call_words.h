// The words of corpus/payload_words.h that stand in calls.
#pragma once

#include "corpus/call.h"
#include "corpus/payload_words.h"

namespace corpus {

template <>
struct Words<CallState> {
  using enum CallState;
  static constexpr EnumSpelling<CallState> kList[] = {{"incoming", incoming},
                                                      {"establishing", establishing},
                                                      {"ringing", ringing},
                                                      {"established", established},
                                                      {"hold", hold},
                                                      {"transferring", transferring},
                                                      {"transferAccepted", transfer_accepted},
                                                      {"redirecting", redirecting},
                                                      {"terminating", terminating},
                                                      {"terminated", terminated}};
};

template <>
struct Words<CallDirection> {
  using enum CallDirection;
  static constexpr EnumSpelling<CallDirection> kList[] = {{"incoming", incoming}, {"outgoing", outgoing}};
};

template <>
struct Words<MediaActivity> {
  using enum MediaActivity;
  static constexpr EnumSpelling<MediaActivity> kList[] = {{"active", active}, {"inactive", inactive}};
};

template <>
struct Words<RoutingType> {
  using enum RoutingType;
  static constexpr EnumSpelling<RoutingType> kList[] = {
      {"forwarded", forwarded}, {"lookup", lookup}, {"selfFork", self_fork}};
};

template <>
struct Words<TranscriptionState> {
  using enum TranscriptionState;
  static constexpr EnumSpelling<TranscriptionState> kList[] = {
      {"notStarted", not_started}, {"active", active}, {"inactive", inactive}};
};

template <>
struct Words<Tone> {
  using enum Tone;
  static constexpr EnumSpelling<Tone> kList[] = {
      {"tone0", tone0}, {"tone1", tone1}, {"tone2", tone2}, {"tone3", tone3}, {"tone4", tone4}, {"tone5", tone5},
      {"tone6", tone6}, {"tone7", tone7}, {"tone8", tone8}, {"tone9", tone9}, {"star", star},   {"pound", pound},
      {"a", a},         {"b", b},         {"c", c},         {"d", d},         {"flash", flash}};
};

}  // namespace corpus
