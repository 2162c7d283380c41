// The words of Graph's enumerations, written down a second time for the plain walk: in the order of the enumerators
// behind `unknown`, with a space between them.
#pragma once

#include <cstddef>
#include <string_view>

#include "corpus/notification.h"

namespace fuzz {

constexpr std::string_view plain_words(corpus::ChangeType) {
  return "created updated deleted";
}
constexpr std::string_view plain_words(corpus::CallState) {
  return "incoming establishing ringing established hold transferring transferAccepted redirecting terminating "
         "terminated";
}
constexpr std::string_view plain_words(corpus::CallDirection) {
  return "incoming outgoing";
}
constexpr std::string_view plain_words(corpus::OperationStatus) {
  return "notStarted running completed failed";
}
constexpr std::string_view plain_words(corpus::Modality) {
  return "audio video videoBasedScreenSharing data";
}
constexpr std::string_view plain_words(corpus::MediaDirection) {
  return "inactive sendOnly receiveOnly sendReceive";
}
constexpr std::string_view plain_words(corpus::MediaActivity) {
  return "active inactive";
}
constexpr std::string_view plain_words(corpus::EndpointType) {
  return "default voicemail skypeForBusiness skypeForBusinessVoipPhone";
}
constexpr std::string_view plain_words(corpus::RecordingStatus) {
  return "notRecording recording failed recordingCapable";
}
constexpr std::string_view plain_words(corpus::RoutingType) {
  return "forwarded lookup selfFork";
}
constexpr std::string_view plain_words(corpus::TranscriptionState) {
  return "notStarted active inactive";
}
constexpr std::string_view plain_words(corpus::Tone) {
  return "tone0 tone1 tone2 tone3 tone4 tone5 tone6 tone7 tone8 tone9 star pound a b c d flash";
}

/// Whether the texts are equal but for the casing of ASCII letters.
constexpr bool plain_same(std::string_view a, std::string_view b) {
  const auto small = [](char letter) { return letter >= 'A' && letter <= 'Z' ? letter - 'A' + 'a' : letter; };
  bool same = a.size() == b.size();
  for (std::size_t at = 0; same && at < a.size(); ++at) same = small(a[at]) == small(b[at]);
  return same;
}

/// The enumerator of a word in any casing; `unknown`, the first one, for what is no word of it.
template <typename E>
constexpr E plain_value(std::string_view word) {
  std::string_view words = plain_words(E{});
  for (int value = 1; !words.empty(); ++value) {
    const std::string_view one = words.substr(0, words.find(' '));
    if (plain_same(one, word)) return static_cast<E>(value);
    words.remove_prefix(one.size() < words.size() ? one.size() + 1 : one.size());
  }
  return E::unknown;
}

}  // namespace fuzz
