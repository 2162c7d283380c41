#include "tests/bots/changes.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "tests/bots/ids.h"
#include "tests/bots/json_access.h"

namespace bots {
namespace {

namespace json = boost::json;

// What one change does to the body of requests of one kind.
struct BodyChange {
  std::string_view name;
  Purpose purpose;
  void (*change)(json::object& body);
};

void set_at(json::object& body, std::string_view pointer, const json::value& value) {
  json::value whole(std::move(body));
  boost::system::error_code ec;
  if (auto* found = whole.find_pointer({pointer.data(), pointer.size()}, ec)) *found = value;
  body = std::move(whole.get_object());
}

constexpr std::array kBodyChanges{
    BodyChange{"wrong-person", Purpose::invite,
               [](json::object& body) { set_at(body, "/participants/0/identity/user/id", json::string(kStranger)); }},
    BodyChange{"no-context", Purpose::mute, [](json::object& body) { body.erase("clientContext"); }},
    BodyChange{"flag-flipped", Purpose::invite, [](json::object& body) { body["silent"] = false; }},
    BodyChange{"enum-changed", Purpose::create,
               [](json::object& body) { set_at(body, "/requestedModalities/0", "video"); }},
    BodyChange{"member-added", Purpose::mute, [](json::object& body) { body["unasked"] = true; }},
    BodyChange{"member-removed", Purpose::create, [](json::object& body) { body.erase("mediaConfig"); }},
    BodyChange{"other-callback", Purpose::create,
               [](json::object& body) { body["callbackUri"] = std::string(string_at(body, "callbackUri")) + "/v2"; }},
    // At places where a noisy bot varies (noise.h):
    BodyChange{"number-as-text", Purpose::invite,
               [](json::object& body) { body["weight"] = json::serialize(body["weight"]); }},
    BodyChange{"number-far-off", Purpose::invite, [](json::object& body) { body["weight"] = 250'000; }},
    BodyChange{"text-as-object", Purpose::invite,
               [](json::object& body) {
                 body["note"] = json::object{{"text", body["note"]}};
               }},
    BodyChange{"text-emptied", Purpose::mute, [](json::object& body) { body["note"] = ""; }},
    BodyChange{"other-language", Purpose::mute,
               [](json::object& body) { body["note"] = "Пожалуйста, подождите: скоро все будут здесь"; }},
    BodyChange{"token-without-id", Purpose::invite, [](json::object& body) { body["trace"] = "trace-none"; }},
    BodyChange{"time-missing", Purpose::mute, [](json::object& body) { body["at"] = nullptr; }},
};

constexpr std::array<std::string_view, 8> kOther{"invite-missing",  "invite-doubled", "no-hang-up",   "wrong-call",
                                                 "unknown-request", "after-the-end",  "server-error", "slow-answer"};
// The call is left before the last one is muted, who then is muted too late; or behind that, before anybody asks for
// it.
constexpr std::string_view kSwapped = "order-swapped";
constexpr std::string_view kUnasked = "leaves-unasked";

// The id of the call in a path, replaced by that of a call that never was.
std::string other_call(std::string path) {
  constexpr std::string_view kCalls = "/calls/";
  const std::size_t begin = path.find(kCalls) + kCalls.size();
  return path.replace(begin, path.find('/', begin) - begin, kStranger);
}

// Leaves the call in which that request mutes somebody.
GraphRequest leaving(GraphRequest mute) {
  mute.purpose = Purpose::hang_up;
  mute.method = "DELETE";
  mute.path.resize(mute.path.find("/participants"));
  mute.body.clear();
  return mute;
}

}  // namespace

std::vector<std::string_view> change_names() {
  std::vector<std::string_view> names(kOther.begin(), kOther.end());
  names.insert(names.end(), {kSwapped, kUnasked});
  for (const BodyChange& change : kBodyChanges) names.push_back(change.name);
  std::ranges::sort(names);
  return names;
}

std::vector<GraphRequest> Change::apply(std::vector<GraphRequest> requests) {
  std::vector<GraphRequest> out;
  for (GraphRequest& request : requests) apply_to(std::move(request), out);
  return out;
}

void Change::apply_to(GraphRequest request, std::vector<GraphRequest>& out) {
  const auto* body_change = std::ranges::find(kBodyChanges, name_, &BodyChange::name);
  if (body_change != kBodyChanges.end() && request.purpose == body_change->purpose && !struck_) {
    struck_ = true;
    json::object body = parse_object(request.body);
    body_change->change(body);
    request.body = json::serialize(body);
  }
  const bool leaves_early = name_ == kSwapped || name_ == kUnasked;
  if (request.purpose == Purpose::invite) {
    ++invites_;
    if (name_ == "invite-missing" && invites_ == 3) return;
    if (name_ == "invite-doubled" && invites_ == 3) out.push_back(request);
  }
  if (request.purpose == Purpose::hang_up) {
    if (name_ == "no-hang-up") return;
    if (struck_ && leaves_early) return;
  }
  if (request.purpose == Purpose::mute) {
    ++mutes_;
    last_mute_ = request;
    if (name_ == "wrong-call" && mutes_ == 2) request.path = other_call(request.path);
    if (name_ == "unknown-request" && mutes_ == 2) {
      GraphRequest unmute = request;
      unmute.path.replace(unmute.path.rfind("/mute"), 5, "/startHoldMusic");
      out.push_back(std::move(unmute));
    }
    if (leaves_early && mutes_ == 5) {
      struck_ = true;
      out.push_back(leaving(request));
      if (name_ == kUnasked) std::swap(out.back(), request);
    }
  }
  out.push_back(std::move(request));
}

std::vector<GraphRequest> Change::after_notification(std::string_view body) {
  const bool ended = body.find(R"("terminated")") != std::string_view::npos;
  if (name_ != "after-the-end" || !ended || !last_mute_ || std::exchange(struck_, true)) return {};
  return {*last_mute_};
}

std::optional<int> Change::status(int notification) const {
  return name_ == "server-error" && notification == 4 ? std::optional(500) : std::nullopt;
}

}  // namespace bots
