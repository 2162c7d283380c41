#include "corpus/split.h"

#include <fmt/chrono.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <deque>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "corpus/ids.h"
#include "corpus/mentions.h"

namespace corpus {
namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

// Sets of calls that grow together (union-find).
class Groups {
 public:
  std::size_t of(const std::string& id) {
    const auto [known, fresh] = members_.try_emplace(id, parents_.size());
    if (fresh) parents_.push_back(known->second);
    return root(known->second);
  }
  std::size_t root(std::size_t member) {
    while (parents_[member] != member) {
      parents_[member] = parents_[parents_[member]];
      member = parents_[member];
    }
    return member;
  }
  void join(std::size_t one, std::size_t other) { parents_[root(one)] = root(other); }

 private:
  std::unordered_map<std::string, std::size_t> members_;
  std::vector<std::size_t> parents_;
};

// For each exchange the group of its calls, before groups have grown together; kNone if it speaks of no call.
class Grouping {
 public:
  explicit Grouping(const Session& session);
  std::vector<std::size_t> take();

 private:
  void tie(std::size_t exchange, const Mentions& mentions);
  void tie_bare_ids(std::size_t exchange);
  void tie_starts();

  const Session& session_;
  MentionFinder finder_;
  Groups groups_;
  std::unordered_map<std::string, std::size_t> calls_;  // canonical call id -> group
  std::vector<std::size_t> group_;
};

Grouping::Grouping(const Session& session) : session_(session), group_(session.exchanges.size(), kNone) {
  for (std::size_t i = 0; i < session.exchanges.size(); ++i) {
    const Exchange& exchange = session.exchanges[i];
    tie(i, finder_.in(exchange.request));
    if (const auto* response = exchange.response()) tie(i, finder_.in(*response, exchange.request));
  }
}

void Grouping::tie(std::size_t exchange, const Mentions& mentions) {
  for (const Mention& mention : mentions.all) {
    const bool call = mention.kind == MentionKind::call;
    if (!call && mention.kind != MentionKind::chain) continue;
    const std::size_t group = groups_.of((call ? "call " : "chain ") + mention.id);
    if (call) calls_.try_emplace(mention.id, group);
    if (group_[exchange] != kNone) groups_.join(group, group_[exchange]);
    group_[exchange] = group;
  }
}

// A person's request to the bot names a call by its bare id, without a path of Graph's.
void Grouping::tie_bare_ids(std::size_t exchange) {
  for (const Mention& mention : finder_.in(session_.exchanges[exchange].request).all) {
    const auto call = calls_.find(mention.id);
    if (mention.kind != MentionKind::other || call == calls_.end()) continue;
    if (group_[exchange] != kNone) groups_.join(call->second, group_[exchange]);
    group_[exchange] = call->second;
  }
}

// A person's request that names no call starts one: the first that begins behind it and that no earlier request has
// started. Two people may ask at nearly the same time.
void Grouping::tie_starts() {
  std::deque<std::size_t> asked;
  std::unordered_set<std::size_t> begun;
  for (std::size_t i = 0; i < group_.size(); ++i) {
    if (group_[i] == kNone) {
      if (session_.exchanges[i].leg == Leg::webhook) asked.push_back(i);
      continue;
    }
    const bool begins = begun.insert(groups_.root(group_[i])).second;
    if (!begins || asked.empty() || session_.exchanges[i].leg == Leg::webhook) continue;
    group_[asked.front()] = group_[i];
    asked.pop_front();
  }
}

std::vector<std::size_t> Grouping::take() {
  for (std::size_t i = 0; i < group_.size(); ++i) tie_bare_ids(i);
  tie_starts();
  std::size_t next = kNone;
  for (std::size_t i = group_.size(); i-- > 0;) {
    if (group_[i] != kNone) group_[i] = groups_.root(group_[i]);
    if (group_[i] == kNone) group_[i] = next;
    next = group_[i];
  }
  std::size_t last = 0;  // a session without any call is one part
  for (std::size_t& group : group_) {
    if (group == kNone) group = last;
    last = group;
  }
  return std::move(group_);
}

Session part_of(const Session& session, Micros start, std::size_t number) {
  Session part;
  part.info = session.info;
  part.info.name += "-" + std::to_string(number);
  part.info.started = moved_time(session.info.started, start);
  part.info.origin += part.info.origin.empty() ? "split" : ", split";
  return part;
}

// Numbers in "after" that point out of the part are dropped: what they name is in another part.
void keep_causes_within(Session& part) {
  for (Exchange& exchange : part.exchanges) {
    if (!exchange.after) continue;
    std::erase_if(*exchange.after, [&](std::int64_t number) {
      return std::ranges::none_of(part.exchanges, [&](const Exchange& other) { return other.number == number; });
    });
  }
}

}  // namespace

std::vector<Session> split_calls(const Session& session) {
  const std::vector<std::size_t> groups = Grouping(session).take();
  std::vector<Session> parts;
  std::vector<Micros> starts;
  std::unordered_map<std::size_t, std::size_t> part_of_group;
  for (std::size_t i = 0; i < session.exchanges.size(); ++i) {
    const auto [known, fresh] = part_of_group.try_emplace(groups[i], parts.size());
    if (fresh) {
      // A player is never early: what was due before it was sent was due before everything else of its part.
      starts.push_back(
          std::min(session.exchanges[i].sent, session.exchanges[i].due.value_or(session.exchanges[i].sent)));
      parts.push_back(part_of(session, starts.back(), parts.size() + 1));
    }
    const Micros start = starts[known->second];
    Exchange exchange = session.exchanges[i];
    exchange.sent -= start;
    exchange.ended -= exchange.ended_at_all() ? start : 0;
    if (exchange.due) exchange.due = std::max<Micros>(0, *exchange.due - start);
    parts[known->second].exchanges.push_back(std::move(exchange));
  }
  for (std::size_t i = 0; i < parts.size(); ++i) {
    keep_causes_within(parts[i]);
    if (!session.end) continue;
    std::int64_t messages = 0;
    for (const Exchange& exchange : parts[i].exchanges) messages += exchange.ended_at_all() ? 2 : 1;
    parts[i].end = SessionEnd{session.end->time - starts[i], messages, session.end->extra, session.end->line_extra};
  }
  return parts;
}

std::string moved_time(const std::string& started, Micros offset) {
  std::array<int, 7> f = {};
  char zone = 0;
  int read = 0;
  const int fields = std::sscanf(started.c_str(), "%4d-%2d-%2dT%2d:%2d:%2d.%6d%c%n", &f[0], &f[1], &f[2], &f[3], &f[4],
                                 &f[5], &f[6], &zone, &read);
  if (fields != 8 || zone != 'Z' || read != static_cast<int>(started.size())) return started;
  using std::chrono::microseconds;
  const std::chrono::year_month_day day{std::chrono::year{f[0]}, std::chrono::month{static_cast<unsigned>(f[1])},
                                        std::chrono::day{static_cast<unsigned>(f[2])}};
  const auto time = std::chrono::sys_days(day) + std::chrono::hours(f[3]) + std::chrono::minutes(f[4]) +
                    std::chrono::seconds(f[5]) + microseconds(f[6] + offset);
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:06d}Z", fmt::gmtime(std::chrono::system_clock::to_time_t(seconds)),
                     (time - seconds).count());
}

}  // namespace corpus
