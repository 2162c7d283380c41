#include "corpus/action_table.h"

#include <algorithm>
#include <array>
#include <string>

namespace corpus {
namespace {

constexpr std::array kOk{200};
constexpr std::array kCreated{201};
constexpr std::array kAccepted{202};
constexpr std::array kNoContent{204};
// The pages say one thing and their examples another.
constexpr std::array kOkOrCreated{200, 201};
constexpr std::array kOkOrAccepted{200, 202};

constexpr std::array<Action, 37> kActions{{
    {"POST", "/calls", kCreated, Answer::something},
    {"GET", "/calls/{}", kOk, Answer::something},
    {"DELETE", "/calls/{}", kNoContent, Answer::nothing},
    {"POST", "/calls/{}/answer", kAccepted, Answer::something},
    {"POST", "/calls/{}/reject", kAccepted, Answer::something},
    {"POST", "/calls/{}/redirect", kAccepted, Answer::something},
    {"POST", "/calls/{}/transfer", kAccepted, Answer::something},
    {"POST", "/calls/{}/keepalive", kOk, Answer::something},
    {"POST", "/calls/{}/mute", kOk, Answer::operation},
    {"POST", "/calls/{}/unmute", kOk, Answer::operation},
    {"POST", "/calls/{}/playprompt", kOk, Answer::operation},
    {"POST", "/calls/{}/record", kOk, Answer::operation},
    {"POST", "/calls/{}/recordresponse", kOk, Answer::operation},
    {"POST", "/calls/{}/cancelmediaprocessing", kOk, Answer::operation},
    {"POST", "/calls/{}/subscribetotone", kOk, Answer::operation},
    {"POST", "/calls/{}/senddtmftones", kOk, Answer::operation},
    {"POST", "/calls/{}/updaterecordingstatus", kOk, Answer::operation},
    {"POST", "/calls/{}/changescreensharingrole", kAccepted, Answer::something},
    {"POST", "/calls/{}/addlargegalleryview", kAccepted, Answer::operation},
    {"GET", "/calls/{}/operations/{}", kOk, Answer::operation},
    {"GET", "/calls/{}/participants", kOk, Answer::something},
    {"GET", "/calls/{}/participants/{}", kOk, Answer::something},
    {"DELETE", "/calls/{}/participants/{}", kNoContent, Answer::nothing},
    {"POST", "/calls/{}/participants/invite", kOkOrAccepted, Answer::operation},
    {"POST", "/calls/{}/participants/muteall", kOk, Answer::operation},
    {"POST", "/calls/{}/participants/configuremixer", kOkOrAccepted, Answer::operation},
    {"POST", "/calls/{}/participants/{}/mute", kOk, Answer::operation},
    {"POST", "/calls/{}/participants/{}/startholdmusic", kAccepted, Answer::operation},
    {"POST", "/calls/{}/participants/{}/stopholdmusic", kAccepted, Answer::operation},
    {"GET", "/calls/{}/audioroutinggroups", kOk, Answer::something},
    {"POST", "/calls/{}/audioroutinggroups", kOkOrCreated, Answer::something},
    {"GET", "/calls/{}/audioroutinggroups/{}", kOk, Answer::something},
    {"PATCH", "/calls/{}/audioroutinggroups/{}", kOk, Answer::something},
    {"DELETE", "/calls/{}/audioroutinggroups/{}", kNoContent, Answer::nothing},
    {"GET", "/calls/{}/contentsharingsessions", kOk, Answer::something},
    {"GET", "/calls/{}/contentsharingsessions/{}", kOk, Answer::something},
    {"POST", "/calls/logteleconferencedevicequality", kOk, Answer::something},
}};

}  // namespace

const Action* find_action(std::string_view method, const GraphPath& path) {
  if (!path.calls) return nullptr;
  const std::string shape = path.shape();
  const auto* const found = std::ranges::find_if(
      kActions, [&](const Action& action) { return action.method == method && action.shape == shape; });
  return found == kActions.end() ? nullptr : found;
}

}  // namespace corpus
