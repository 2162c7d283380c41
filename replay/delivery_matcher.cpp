#include "replay/delivery_matcher.h"

#include <algorithm>
#include <utility>

#include "corpus/ids.h"
#include "corpus/stand_in.h"
#include "replay/matcher.h"

namespace replay {
namespace {

using corpus::Request;

// Of many deliveries of one form, the live one is among the first that have not come yet and could be it.
constexpr std::size_t kWindow = 64;

// So many are looked at before that: whether a delivery could be the live one is told at a glance.
constexpr std::size_t kFarthest = 4096;

std::size_t hash(std::string_view text) {
  return std::hash<std::string_view>{}(text);
}

std::string line_of(const Request& request) {
  return request.method + ' ' + request.target;
}

std::size_t mixed(std::size_t one, std::size_t other) {
  constexpr std::size_t kOdd = 0x9e3779b97f4a7c15u;
  return ((one ^ (one >> 29)) + other) * kOdd;
}

// Hashes of one text.
struct Hashes {
  std::size_t whole = 0;  // of all of it
  std::size_t form = 0;   // without GUIDs
};

Hashes hashes_of(std::string_view text, std::span<const corpus::Span> guids) {
  Hashes hashes;
  std::size_t done = 0;
  for (const corpus::Span& guid : guids) {
    hashes.form = mixed(hashes.form, hash(text.substr(done, guid.begin - done)));
    hashes.whole = mixed(hashes.whole, hash(guid.of(text)));
    done = guid.begin + guid.length;
  }
  hashes.form = mixed(hashes.form, hash(text.substr(done)));
  hashes.whole = mixed(hashes.whole, hashes.form);
  return hashes;
}

// The form without all that differs from session to session: also without what is special to stand-ins of secrets.
std::size_t form_of(std::string_view text, const Hashes& hashes) {
  if (!corpus::holds_stand_in(text)) return hashes.form;
  const std::string plain = corpus::without_stand_ins(text);
  return hashes_of(plain, corpus::find_guids(plain)).form;
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

std::size_t renamed(const Comparison& comparison) {
  std::size_t count = 0;
  for (const Pair& pair : comparison.pairs) {
    count += corpus::same_id(pair.recorded, pair.live) ? 0 : 1;
  }
  return count;
}

}  // namespace

DeliveryMatcher::DeliveryMatcher(const corpus::Session& recorded, const Plan& plan, Bindings& bindings)
    : recorded_(recorded), plan_(plan), bindings_(bindings), taken_(plan.steps.size()), calls_(plan.steps.size()) {
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    if (plan.steps[i].role != Role::delivery) continue;
    const Request& request = recorded.exchanges[i].request;
    const std::string line = line_of(request);
    const Hashes target = hashes_of(line, corpus::find_guids(line));
    const Hashes body = hashes_of(request.body, corpus::find_guids(request.body));
    const std::size_t line_form = form_of(line, target);
    const std::size_t form = mixed(line_form, form_of(request.body, body));
    calls_[i] = call_of(request.body);
    text_.add(mixed(target.whole, body.whole), i);
    target_.add(line_form, i);
    form_.add(form, i);
    if (!calls_[i].empty()) form_.add(mixed(form, hash(calls_[i])), i);
  }
  for (HashIndex* index : {&text_, &form_, &target_}) index->build();
}

std::optional<std::size_t> DeliveryMatcher::take(const Request& live) {
  said_.line = live.method + ' ';
  bindings_.append_recorded(said_.line, live.target);
  said_.body.clear();
  bindings_.append_recorded(said_.body, live.body);
  said_.guids = corpus::find_guids(said_.body);
  const Hashes target = hashes_of(said_.line, corpus::find_guids(said_.line));
  const Hashes body = hashes_of(said_.body, said_.guids);
  std::optional<std::size_t> found = same_text(live, mixed(target.whole, body.whole));
  if (!found) {
    const std::size_t line_form = form_of(said_.line, target);
    const std::size_t form = mixed(line_form, form_of(said_.body, body));
    const std::string call = corpus::canonical_id(bindings_.recorded_of(call_of(live.body)));
    // Of a call that is known, only its own: hundreds of calls may say the same at one time.
    found = nearest(live, form_, call.empty() ? form : mixed(form, hash(call)));
    // The same under another spelling of JSON; or with a secret that one of the two sessions shows and the other does
    // not.
    if (!found) found = nearest(live, target_, line_form);
  }
  if (found) taken_[*found] = true;
  return found;
}

void DeliveryMatcher::take_as(std::size_t exchange, const Request& live) {
  bind_ids(exchange, live);
  taken_[exchange] = true;
}

void DeliveryMatcher::bind_ids(std::size_t exchange, const Request& live) {
  const Request& recorded = recorded_.exchanges[exchange].request;
  bind(exchange, live, comparer_.bodies(body_of(recorded), body_of(live), Author::graph, bindings_));
}

std::optional<std::size_t> DeliveryMatcher::same_text(const Request& live, std::size_t key) {
  const std::span<const std::size_t> waiting = text_.left(key, taken_);
  if (waiting.empty()) return std::nullopt;
  const Request& recorded = recorded_.exchanges[waiting.front()].request;
  if (recorded.body != said_.body || line_of(recorded) != said_.line) return std::nullopt;
  bind(waiting.front(), live, unknown_ids(live));
  return waiting.front();
}

// Ids of what came that are the recording's own, and have not come up before: from here on they stand for themselves,
// and for nothing else.
Comparison DeliveryMatcher::unknown_ids(const Request& live) const {
  Comparison ids;
  const bool in_place = live.body.size() == said_.body.size();
  for (const corpus::Span& guid : said_.guids) {
    const std::string_view id = guid.of(said_.body);
    if (in_place && guid.of(live.body) != id) continue;  // it stands for another one
    if (bindings_.look(id, id) == Bindings::Outcome::bound) ids.pairs.push_back({std::string(id), std::string(id)});
  }
  return ids;
}

std::optional<std::size_t> DeliveryMatcher::nearest(const Request& live, HashIndex& index, std::size_t key) {
  std::optional<std::size_t> best;
  std::pair<std::size_t, bool> best_rank;  // ids renamed, held back
  Comparison best_ids;
  for (const std::size_t i : candidates(live, index.left(key, taken_), key)) {
    const Request& recorded = recorded_.exchanges[i].request;
    Comparison ids;
    if (!same_form(recorded.body, ids)) {
      ids = comparer_.bodies(body_of(recorded), body_of(live), Author::graph, bindings_);
    }
    if (!ids.differences.empty()) continue;
    const std::pair rank{renamed(ids), is_held_back(i)};
    if (best && rank >= best_rank) continue;
    best = i;
    best_rank = rank;
    best_ids = std::move(ids);
  }
  if (best) bind(*best, live, best_ids);
  return best;
}

// The same as what came but for ids that are new on both sides: then nobody has to read JSON to see that.
bool DeliveryMatcher::same_form(std::string_view recorded, Comparison& ids) const {
  const std::string_view said = said_.body;
  const std::vector<corpus::Span> left = corpus::find_guids(recorded);
  const std::vector<corpus::Span>& right = said_.guids;
  if (left.size() != right.size()) return false;
  ids = {};
  std::size_t left_done = 0;
  std::size_t right_done = 0;
  for (std::size_t i = 0; i < left.size(); ++i) {
    const std::string_view then = left[i].of(recorded);
    const std::string_view now = right[i].of(said);
    if (recorded.substr(left_done, left[i].begin - left_done) != said.substr(right_done, right[i].begin - right_done)) {
      return false;
    }
    left_done = left[i].begin + left[i].length;
    right_done = right[i].begin + right[i].length;
    // What was bound stands there as in the recording already.
    if (corpus::same_id(then, now) && !bindings_.live_of(then).empty()) continue;
    if (bindings_.look(then, now) != Bindings::Outcome::bound) return false;
    ids.pairs.push_back({std::string(then), std::string(now)});
  }
  return recorded.substr(left_done) == said.substr(right_done);
}

std::vector<std::size_t> DeliveryMatcher::candidates(const Request& live, std::span<const std::size_t> waiting,
                                                     std::size_t key) {
  const std::string call = call_of(live.body);
  const std::string bound = corpus::canonical_id(bindings_.recorded_of(call));
  std::vector<std::size_t> found;
  // The beginnings of many calls are alike but for the people in them: those of the same people are looked at first.
  if (bound.empty() && waiting.size() > kWindow) found = of_same_people(waiting, key);
  std::size_t looked_at = 0;
  for (const std::size_t i : waiting) {
    if (found.size() >= kWindow || ++looked_at > kFarthest) break;
    if (taken_[i] || is_other_call(calls_[i], call, bound)) continue;
    if (std::ranges::find(found, i) == found.end()) found.push_back(i);
  }
  return found;
}

std::vector<std::size_t> DeliveryMatcher::of_same_people(std::span<const std::size_t> waiting, std::size_t key) {
  const auto [place, fresh] = holders_.try_emplace(key);
  Holders& holders = place->second;
  const auto key_of = [](std::string_view guid) { return hash(corpus::canonical_id(guid)); };
  for (const std::size_t i : waiting) {
    if (!fresh) break;
    const std::string& body = recorded_.exchanges[i].request.body;
    for (const corpus::Span& guid : corpus::find_guids(body)) holders[key_of(guid.of(body))].push_back(i);
  }
  std::vector<std::size_t> found;
  for (const corpus::Span& guid : said_.guids) {
    const auto holder = holders.find(key_of(guid.of(said_.body)));
    // What very many have (the tenant, the application) tells none of them from the others.
    if (holder == holders.end() || holder->second.size() > kWindow) continue;
    for (const std::size_t i : holder->second) {
      if (!taken_[i] && found.size() < kWindow && std::ranges::find(found, i) == found.end()) found.push_back(i);
    }
  }
  return found;
}

// Whether it waits for something that has not happened. Of two calls that begin alike, this tells which one is meant by
// a notification that overtakes the answer to the request that creates its call: nothing has named that call before.
bool DeliveryMatcher::is_held_back(std::size_t delivery) const {
  return std::ranges::any_of(plan_.steps[delivery].causes, [&](const Cause& cause) {
    return !taken_[cause.exchange] && plan_.steps[cause.exchange].role != Role::polling;
  });
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
