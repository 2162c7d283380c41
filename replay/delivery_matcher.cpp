#include "replay/delivery_matcher.h"

#include "corpus/ids.h"
#include "replay/matcher.h"

namespace replay {
namespace {

using corpus::Request;

// Of many deliveries of one form, the live one is among the first that have not come yet.
constexpr std::size_t kWindow = 64;

std::string text_key(const Request& request) {
  return request.method + ' ' + request.target + '\n' + request.body;
}

std::string form_key(const std::string& text) {
  std::string form;
  std::size_t done = 0;
  for (const corpus::Span& guid : corpus::find_guids(text)) {
    form.append(text, done, guid.begin - done).append("{}");
    done = guid.begin + guid.length;
  }
  return form.append(text, done);
}

// The call that a notification is about, if its first GUID stands in a path of Graph's calls; empty otherwise.
std::string call_of(const std::string& body) {
  const std::size_t calls = body.find("/calls/");
  if (calls == std::string::npos) return {};
  const std::string_view before = std::string_view(body).substr(0, calls);
  const std::string_view behind = std::string_view(body).substr(calls + 7);
  const std::string_view id = behind.substr(0, behind.find_first_of("/\""));
  const bool graphs = before.ends_with("/app") || before.ends_with("/communications");
  return graphs && corpus::is_guid(id) ? corpus::canonical_id(id) : std::string();
}

std::size_t hash(const std::string& text) {
  return std::hash<std::string>{}(text);
}

std::size_t renamed(const Comparison& comparison) {
  std::size_t count = 0;
  for (const Pair& pair : comparison.pairs) {
    count += corpus::canonical_id(pair.recorded) != corpus::canonical_id(pair.live) ? 1 : 0;
  }
  return count;
}

}  // namespace

DeliveryMatcher::DeliveryMatcher(const corpus::Session& recorded, const Plan& plan, Bindings& bindings)
    : recorded_(recorded), bindings_(bindings), taken_(plan.steps.size()), calls_(plan.steps.size()) {
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    if (plan.steps[i].role != Role::delivery) continue;
    const std::string text = text_key(recorded.exchanges[i].request);
    form_[hash(form_key(text))].push_back(i);
    text_[hash(text)].push_back(i);
    calls_[i] = call_of(recorded.exchanges[i].request.body);
  }
}

std::optional<std::size_t> DeliveryMatcher::take(const Request& live) {
  const std::string text =
      live.method + ' ' + bindings_.to_recorded(live.target) + '\n' + bindings_.to_recorded(live.body);
  std::optional<std::size_t> found = same_text(live, text);
  if (!found) found = same_form(live, text);
  if (found) taken_[*found] = true;
  return found;
}

std::optional<std::size_t> DeliveryMatcher::same_text(const Request& live, const std::string& text) {
  const auto bucket = text_.find(hash(text));
  if (bucket == text_.end()) return std::nullopt;
  std::deque<std::size_t>& waiting = bucket->second;
  while (!waiting.empty() && taken_[waiting.front()]) waiting.pop_front();
  if (waiting.empty() || text_key(recorded_.exchanges[waiting.front()].request) != text) return std::nullopt;
  bind(waiting.front(), live, {});
  return waiting.front();
}

std::optional<std::size_t> DeliveryMatcher::same_form(const Request& live, const std::string& text) {
  const auto bucket = form_.find(hash(form_key(text)));
  if (bucket == form_.end()) return std::nullopt;
  std::deque<std::size_t>& waiting = bucket->second;
  while (!waiting.empty() && taken_[waiting.front()]) waiting.pop_front();
  std::optional<std::size_t> best;
  Comparison best_ids;
  const std::string call = call_of(live.body);
  const std::string bound = corpus::canonical_id(bindings_.recorded_of(call));
  std::size_t looked_at = 0;
  for (const std::size_t i : waiting) {
    if (taken_[i]) continue;
    if (looked_at++ == kWindow) break;
    if (is_other_call(calls_[i], call, bound)) continue;
    Comparison ids = comparer_.bodies(recorded_.exchanges[i].request.body, live.body, Author::graph, bindings_);
    if (!ids.differences.empty()) continue;
    if (best && renamed(ids) >= renamed(best_ids)) continue;
    best = i;
    best_ids = std::move(ids);
  }
  if (best) bind(*best, live, best_ids);
  return best;
}

// What a comparison would find as well, but only after it has read both bodies. `bound`: the recorded call that the
// live one stands for already, empty if there is none.
bool DeliveryMatcher::is_other_call(const std::string& recorded, const std::string& live,
                                    const std::string& bound) const {
  if (recorded.empty() || live.empty()) return false;
  return bound.empty() ? !bindings_.live_of(recorded).empty() : recorded != bound;
}

void DeliveryMatcher::bind(std::size_t exchange, const Request& live, const Comparison& ids) {
  const Request& recorded = recorded_.exchanges[exchange].request;
  for (const Pair& pair : ids.pairs) bindings_.bind(pair.recorded, pair.live);
  for (const Pair& pair : comparer_.texts(recorded.target, live.target, Author::graph, bindings_).pairs) {
    bindings_.bind(pair.recorded, pair.live);
  }
  bind_headers(recorded.headers, live.headers, bindings_);
}

}  // namespace replay
