#include "tests/bots/noise.h"

#include <algorithm>
#include <boost/json.hpp>

#include "tests/bots/json_access.h"

namespace bots {

namespace json = boost::json;

std::string BotNoise::pick(std::initializer_list<const char*> words) {
  return *(words.begin() + random_() % words.size());
}

std::string BotNoise::wording() {
  return pick({"Hello", "Hi", "Good morning", "Good day", "Welcome", "Greetings"}) + ", " +
         pick({"I am calling", "I will fetch", "please wait for", "we are looking for", "I am about to add"}) + " " +
         pick({"your colleagues", "the others", "everybody else", "your team", "them all"}) + " " +
         pick({"now.", "at once.", "in a moment.", "right away, it takes a minute.", "as you asked."});
}

std::string BotNoise::token() {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string text = "trace-";
  for (int i = 0; i < 10; ++i) text += kHex[random_() % kHex.size()];
  return text;
}

std::vector<GraphRequest> BotNoise::apply(std::vector<GraphRequest> requests, const std::string& at) {
  const auto mute = std::ranges::find(requests, Purpose::mute, &GraphRequest::purpose);
  if (mute != requests.end() && greeted_.insert(mute->queue).second) {
    GraphRequest other = *mute;
    other.number = 0;                     // no answer to it matters
    other.purpose = Purpose::keep_alive;  // of all kinds the one that means least
    const std::string call = other.path.substr(0, other.path.find("/participants"));
    for (const char* what : {"/playPrompt", "/subscribeToTone", "/updateRecordingStatus"}) {
      other.path = call + what;
      other.body = "{}";
      requests.push_back(other);
    }
  }
  for (GraphRequest& request : requests) {
    if (request.body.empty()) continue;
    json::object body = parse_object(request.body);
    body["note"] = wording();
    body["trace"] = token();
    body["at"] = at;
    body["weight"] = 50 + random_() % 200;
    body["urgent"] = random_() % 2 == 0;
    body["silent"] = true;
    request.body = json::serialize(body);
  }
  // Not left to the library: the same seed is to give the same order everywhere.
  for (std::size_t left = requests.size(); left > 1; --left) std::swap(requests[left - 1], requests[random_() % left]);
  return requests;
}

std::chrono::milliseconds BotNoise::delay() {
  return std::chrono::milliseconds(random_() % 13);
}

}  // namespace bots
