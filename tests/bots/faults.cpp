#include "tests/bots/faults.h"

#include <utility>

#include <boost/json.hpp>

#include "tests/bots/ids.h"
#include "tests/bots/json_access.h"

namespace bots {
namespace {

namespace json = boost::json;

/// Nobody in any scenario has this id.
void invite_stranger(json::object& body) {
  auto* persons = body.if_contains("participants");
  if (!persons || !persons->is_array() || persons->get_array().empty()) return;
  boost::system::error_code ec;
  if (auto* id = persons->get_array()[0].find_pointer("/identity/user/id", ec)) *id = kStranger;
}

}  // namespace

GraphRequest altered(GraphRequest request) {
  auto body = parse_object(request.body);
  if (request.purpose == Purpose::invite) {
    invite_stranger(body);
  } else if (request.purpose == Purpose::answer) {
    body["acceptedModalities"] = {"audio", "video"};
  } else if (request.purpose == Purpose::create) {
    body["requestedModalities"] = {"audio", "video"};
  } else {
    body["unasked"] = true;
  }
  request.body = json::serialize(body);
  return request;
}

std::vector<GraphRequest> spoilt(const Faults& faults, std::vector<GraphRequest> requests) {
  std::vector<GraphRequest> result;
  for (auto& request : requests) {
    const auto purpose = request.purpose;
    if (faults.drop == purpose) continue;
    if (faults.alter == purpose) request = altered(std::move(request));
    if (faults.repeat == purpose) result.push_back(request);
    result.push_back(std::move(request));
  }
  return result;
}

}  // namespace bots
