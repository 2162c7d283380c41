#include "tests/bots/flawed_logic.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>
#include <utility>

#include "harness/http_message.h"
#include "tests/bots/ids.h"
#include "tests/bots/json_access.h"
#include "tests/bots/notification_access.h"

namespace bots {
namespace {

namespace json = boost::json;
using std::string_view_literals::operator""sv;

constexpr std::string_view kCallback = "/api/calls";
constexpr std::size_t kRemembered = 500;         // messages; enough for some sessions
constexpr std::size_t kSmallBuffer = 64 * 1024;  // of `closes_large`, and what `leaks_memory` loses of a call
constexpr std::chrono::milliseconds kLockTime{6'000};
constexpr std::array kStates{"incoming"sv,     "establishing"sv,     "ringing"sv,     "established"sv, "hold"sv,
                             "transferring"sv, "transferAccepted"sv, "redirecting"sv, "terminating"sv, "terminated"sv};

bool is_notification(const corpus::Request& request) {
  return request.method == "POST" && request.target == kCallback;
}

std::string call_in(const json::object& notification) {
  return bare(call_id_in(resource_of(notification)));
}

const json::object* call_data(const json::object& notification) {
  const auto* data = object_at(notification, "resourceData");
  return data != nullptr && ends_with_type(*data, "microsoft.graph.call") ? data : nullptr;
}

// The id of an operation that a notification says has ended; empty: it says something else.
std::string ended_operation(const json::object& notification) {
  constexpr std::string_view kOperations = "operations/";
  const std::string_view path = resource_of(notification);
  const std::size_t at = path.find(kOperations);
  if (at == std::string_view::npos || string_at(notification, "changeType") != "deleted") return {};
  return bare(path.substr(at + kOperations.size()));
}

bool is_ended(const json::object& notification) {
  return string_at(notification, "changeType") == "deleted" && call_data(notification) != nullptr;
}

bool has_content_type(const corpus::Request& request) {
  return harness::find_header(request.headers, "Content-Type").has_value();
}

// The same request about another call.
GraphRequest moved(GraphRequest request, const std::string& call) {
  constexpr std::string_view kCalls = "calls/";
  const std::size_t begin = request.path.find(kCalls) + kCalls.size();
  request.path.replace(begin, request.path.find('/', begin) - begin, call);
  return request;
}

LogicOptions with(LogicOptions options, Flaw flaw) {
  options.forgets_ended = flaw == Flaw::acts_after_end;
  return options;
}

}  // namespace

FlawedLogic::FlawedLogic(LogicOptions options, std::function<std::string()> new_id, Flaw flaw)
    : sound_(with(std::move(options), flaw), std::move(new_id)), flaw_(flaw) {}

FlawedLogic::~FlawedLogic() {
  for (const int file : open_) close(file);
}

Step FlawedLogic::handle(corpus::Request request) {
  if (flaw_ == Flaw::none) return sound_.handle(request);
  if (!is_notification(request)) {
    note_wish(request);
    Step step = sound_.handle(request);
    if (flaw_ == Flaw::latest_wish) invite_others(step.requests);
    return step;
  }
  News news = read(request);
  leak(request, news);
  Step step;
  if (strikes(request, news, step)) return step;
  if (flaw_ == Flaw::first_of_batch && news.value.size() > 1) {
    json::object first = parse_object(request.body);
    first["value"].as_array().resize(1);
    request.body = json::serialize(first);
  }
  const auto late = step.late;
  step = sound_.handle(request);
  step.late = late;
  if (step.answer.status != 202) return step;
  learn(news);
  twist(news, step);
  note(news, step.requests);
  return step;
}

FlawedLogic::News FlawedLogic::read(const corpus::Request& request) const {
  News news;
  boost::system::error_code ec;
  json::value whole = json::parse({request.body.data(), request.body.size()}, ec);
  news.json = !ec;
  if (const auto* envelope = ec ? nullptr : whole.if_object()) {
    if (const auto* list = array_at(*envelope, "value")) news.value = *list;
  }
  news.key = std::string(harness::find_header(request.headers, "X-Microsoft-Skype-Message-ID").value_or("")) + "\n" +
             request.body;
  const auto taken = taken_.find(news.key);
  if (taken != taken_.end()) news.copies = taken->second;
  return news;
}

// Whether the message never gets to the sound part.
bool FlawedLogic::strikes(const corpus::Request& request, const News& news, Step& step) {
  if (!news.json && flaw_ == Flaw::wedges) locked_ = true;
  if (flaw_ == Flaw::slow_when_resent && news.copies > 1) step.late = kLockTime;
  step.dies = is_deadly(news);
  return step.dies || is_failed(request, news, step);
}

bool FlawedLogic::is_deadly(const News& news) const {
  if (flaw_ == Flaw::dies_empty_batch) return news.json && news.value.empty();
  return std::ranges::any_of(news.value,
                             [&](const json::value& one) { return one.is_object() && is_deadly(one.get_object()); });
}

bool FlawedLogic::is_deadly(const json::object& notification) const {
  const std::string call = call_in(notification);
  const auto* roster = array_at(notification, "resourceData");
  switch (flaw_) {
    case Flaw::dies_unknown_state: {
      const auto* data = call_data(notification);
      const std::string_view state = data == nullptr ? ""sv : string_at(*data, "state");
      return !state.empty() && std::ranges::find(kStates, state) == kStates.end();
    }
    case Flaw::dies_early_roster:
      return roster != nullptr && !calls_.contains(call);
    case Flaw::dies_no_identity:
      return roster != nullptr && std::ranges::any_of(*roster, [](const json::value& one) {
               const auto* person = one.if_object();
               const auto* info = person == nullptr ? nullptr : object_at(*person, "info");
               return info == nullptr || object_at(*info, "identity") == nullptr;
             });
    case Flaw::dies_no_data:
      return roster == nullptr && object_at(notification, "resourceData") == nullptr;
    case Flaw::dies_after_end:
      return roster != nullptr && ended_.contains(call);
    case Flaw::dies_unknown_operation:
      return operations_.contains(ended_operation(notification));
    default:
      return false;
  }
}

bool FlawedLogic::is_failed(const corpus::Request& request, const News& news, Step& step) const {
  const auto has = [&](std::string_view name) { return harness::find_header(request.headers, name).has_value(); };
  switch (flaw_) {
    case Flaw::closes_chunked:
      return step.closes = has("Transfer-Encoding");
    case Flaw::closes_gzip:
      return step.closes = has("Content-Encoding");
    case Flaw::closes_large:
      return step.closes = request.body.size() > kSmallBuffer;
    case Flaw::fails_duplicate:
      step.answer.status = 500;
      return news.copies > 0;
    case Flaw::fails_no_json:
      step.answer.status = 500;
      return !news.json;
    case Flaw::fails_no_type:
      step.answer.status = 500;
      return !has_content_type(request);
    default:
      return false;
  }
}

void FlawedLogic::learn(const News& news) {
  for (const json::value& one : news.value) {
    if (!one.is_object()) continue;
    const json::object& notification = one.get_object();
    const std::string call = call_in(notification);
    if (const auto* data = call_data(notification)) {
      calls_.insert(call);
      if (string_at(*data, "state") == "established") current_ = call_id_in(resource_of(notification));
    }
    if (is_ended(notification)) ended_.insert(call);
    if (std::string operation = ended_operation(notification); !operation.empty()) operations_.insert(operation);
  }
}

// What the sound part wants becomes what this bot wants.
void FlawedLogic::twist(const News& news, Step& step) {
  if (locked_) step.requests.clear();
  if (flaw_ == Flaw::latest_wish) invite_others(step.requests);
  if (flaw_ == Flaw::current_call && !current_.empty()) {
    for (GraphRequest& request : step.requests) {
      if (request.purpose == Purpose::mute) request = moved(std::move(request), current_);
    }
  }
  const auto before = led_to_.find(news.key);
  if (news.copies == 0 || before == led_to_.end()) return;
  for (const GraphRequest& request : before->second) {
    const bool is_it = (flaw_ == Flaw::answers_twice && request.purpose == Purpose::answer) ||
                       (flaw_ == Flaw::mutes_twice && request.purpose == Purpose::mute) ||
                       (flaw_ == Flaw::invites_twice && request.purpose == Purpose::invite) || flaw_ == Flaw::races;
    if (is_it) step.requests.push_back(request);
  }
}

void FlawedLogic::note(const News& news, const Requests& requests) {
  if (taken_[news.key]++ == 0) order_.push_back(news.key);
  if (!requests.empty()) led_to_.try_emplace(news.key, requests);
  if (order_.size() <= kRemembered) return;
  taken_.erase(order_.front());
  led_to_.erase(order_.front());
  order_.pop_front();
}

void FlawedLogic::note_wish(const corpus::Request& request) {
  const json::object wish = parse_object(request.body);
  const auto* invite = object_at(wish, "invite");
  if (const auto* users = array_at(invite != nullptr ? *invite : wish, "users")) {
    if (invite != nullptr || request.target.ends_with("/invite")) latest_ = *users;
  }
}

// Invites for one person each stand for a wish that names several, and are left alone.
void FlawedLogic::invite_others(Requests& requests) const {
  for (GraphRequest& request : requests) {
    if (request.purpose != Purpose::invite) continue;
    json::object body = parse_object(request.body);
    auto& persons = body["participants"].as_array();
    if (persons.size() != latest_.size()) continue;
    for (std::size_t i = 0; i < persons.size(); ++i) {
      persons[i].as_object()["identity"].as_object()["user"] = latest_[i];
    }
    request.body = json::serialize(body);
  }
}

FlawedLogic::Requests FlawedLogic::handle(const GraphRequest& request, const corpus::Response& answer) {
  Requests requests = sound_.handle(request, answer);
  if (flaw_ == Flaw::none) return requests;
  boost::system::error_code ec;
  if (!answer.body.empty()) json::parse({answer.body.data(), answer.body.size()}, ec);
  if (ec && flaw_ == Flaw::dies_on_broken_answer) dying_ = true;
  if (request.purpose == Purpose::create) calls_.insert(bare(string_at(parse_object(answer.body), "id")));
  if (flaw_ == Flaw::wedges_on_error && answer.status >= 500) locked_ = true;
  if (flaw_ == Flaw::latest_wish) invite_others(requests);
  if (flaw_ == Flaw::races) {
    std::erase_if(led_to_, [&](const auto& one) {
      return std::ranges::find(one.second, request.number, &GraphRequest::number) != one.second.end();
    });
  }
  if (locked_) requests.clear();
  std::ranges::move(again(request, answer), std::back_inserter(requests));
  return requests;
}

// The request once more, where this bot thinks that it has to be.
FlawedLogic::Requests FlawedLogic::again(const GraphRequest& request, const corpus::Response& answer) {
  int most = 0;
  if (flaw_ == Flaw::retries_too_soon && answer.status == 429) most = 3;
  if (flaw_ == Flaw::loops_invite && request.purpose == Purpose::invite && answer.status >= 400) most = 30;
  if (flaw_ == Flaw::asks_forever && answer.status >= 400) most = std::numeric_limits<int>::max();
  if (flaw_ == Flaw::doubts_completed && request.purpose == Purpose::invite) {
    const std::string status(string_at(parse_object(answer.body), "status"));
    most = status == "completed" || status == "Completed" ? 1 : 0;
  }
  if (most == 0 || tries_[request.path + request.body]++ >= most) return {};
  return {request};
}

void FlawedLogic::failed(const GraphRequest& request) {
  sound_.failed(request);
  dying_ = flaw_ == Flaw::dies_on_reset;
}

void FlawedLogic::leak(const corpus::Request& request, const News& news) {
  const auto lose_file = [&] {
    if (const int file = ::open("/dev/null", O_RDONLY | O_CLOEXEC); file >= 0) open_.push_back(file);
  };
  if (flaw_ == Flaw::leaks_on_error && !news.json) lose_file();
  if (flaw_ == Flaw::keeps_calls) kept_.push_back(request.body + request.body);
  for (const json::value& one : news.value) {
    if (!one.is_object() || !is_ended(one.get_object())) continue;
    if (flaw_ == Flaw::leaks_descriptors) lose_file();
    if (flaw_ != Flaw::leaks_memory) continue;
    leaked_.push_back(std::make_unique<char[]>(kSmallBuffer));
    std::fill_n(leaked_.back().get(), kSmallBuffer, '\1');  // touched, or the system would not give it
  }
}

}  // namespace bots
