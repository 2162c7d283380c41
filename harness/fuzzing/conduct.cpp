#include "harness/fuzzing/conduct.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <map>
#include <optional>
#include <string_view>

#include "corpus/graph_path.h"
#include "corpus/ids.h"
#include "harness/fuzzing/conduct_events.h"
#include "harness/http_message.h"

namespace harness {
namespace {

using corpus::Exchange;
using corpus::Micros;

// What was under way when the end came may come a little later: the bot could not know, or the machine is busy.
constexpr Micros kStraggling = 50'000;
// A retry may come a little early by our clock.
constexpr double kNearlyOver = 0.95;
constexpr Micros kLongestRetry = 86'400;  // seconds; beyond that the field says nothing
constexpr std::size_t kAgainAndAgain = 10;

// Looks at one live session.
class Conduct {
 public:
  Conduct(const corpus::Session& played, const corpus::Session& live)
      : played_(played), live_(live), acts_(acts_of(live)) {}

  std::vector<Misconduct> look() {
    if (acts_.empty()) return {};
    told_ = told_in(live_);
    look_for_wrong_targets();
    look_for_gone();
    look_for_repeats();
    return std::move(found_);
  }

 private:
  void add(Misstep misstep, const Act& act, std::string detail) {
    found_.push_back({misstep, act.exchange, std::move(detail)});
  }

  void look_for_wrong_targets() {
    for (const Act& act : acts_) {
      if (!act.call) continue;
      bool call = false;
      bool both = false;
      for (const Told& told : told_) {
        // A request of the bot's tells nothing of itself.
        if (told.exchange->sent > act.exchange->sent || told.exchange == act.exchange || !told.names(act.call))
          continue;
        call = call || told.delivery || told.about != act.call;
        both = both || told.names(act.person);
      }
      if (!call) {
        add(Misstep::wrong_target, act, "nothing had named the call " + text_of(*act.call));
      } else if (act.person && !both) {
        add(Misstep::wrong_target, act,
            fmt::format("nothing had named {} in the call {}", text_of(*act.person), text_of(*act.call)));
      }
    }
  }

  // Since when the bot knows that a call is over; nothing if it was made anew since, or never ended.
  std::optional<Micros> ended(const Act& act) const {
    std::optional<Micros> since;
    for (const Told& told : told_) {
      const Exchange& exchange = *told.exchange;
      if (told.delivery && exchange.ended < act.exchange->sent && !since) {
        if (std::ranges::count(told.ended, *act.call) > 0) since = exchange.ended;
      } else if (!told.delivery && !told.about && since && exchange.ended > *since && told.names(act.call)) {
        since.reset();
      }
    }
    return since;
  }

  void look_for_gone() {
    std::map<std::optional<Id>, Micros> busy;  // by call: until when the bot was working off what it had begun before
    for (const Act& act : acts_) {
      const Micros sent = act.exchange->sent;
      const auto since = act.call ? ended(act) : std::nullopt;
      Micros& until = busy[act.call];
      const Micros over = act.exchange->ended_at_all() ? act.exchange->ended : sent;
      if (!since) {
        until = std::max(until, over);
        continue;
      }
      const bool straggler = sent <= std::max(*since, until) + kStraggling;
      if (straggler) until = std::max(until, over);
      if ((!straggler || was_before(act, *since)) && !shown_after_end(act)) {
        add(Misstep::gone, act,
            fmt::format("{:.0f} ms after the bot had acknowledged the end of the call {}",
                        static_cast<double>(sent - *since) / 1e3, text_of(*act.call)));
      }
    }
  }

  // What was asked for already before the end, and worked, is no straggler, unless something told between the two may
  // have led to it. What failed may be tried again.
  bool was_before(const Act& act, Micros end) const {
    return std::ranges::any_of(acts_, [&](const Act& other) {
      const Micros sent = other.exchange->sent;
      return other.key == act.key && sent < end && succeeded(*other.exchange) &&
             !any_news(act, sent, end, News::but_ends);
    });
  }

  bool shown_after_end(const Act& act) const {
    std::vector<Id> over;
    for (const Exchange& exchange : played_.exchanges) {
      std::ranges::copy(ended_by(exchange), std::back_inserter(over));
      if (exchange.leg != corpus::Leg::graph || over.empty()) continue;
      const corpus::GraphPath path = corpus::parse_graph_path(exchange.request.target);
      const auto call = corpus::guid_digits(path.id_after("calls"));
      const bool after = call && std::ranges::find(over, *call) != over.end();
      if (after && exchange.request.method + " " + path.shape() == act.shape) return true;
    }
    return false;
  }

  // Whether the bot was told anything between two moments that may lead to the second request.
  enum class News { all, but_ends };
  bool any_news(const Act& act, Micros from, Micros to, News which = News::all) const {
    return std::ranges::any_of(told_, [&](const Told& told) {
      const bool about = !act.call || told.wish || told.names(act.call);
      const Micros time = told.exchange->sent;
      const bool counts = which == News::all || told.ended.empty();
      return told.delivery && !told.repeated && about && counts && time >= from && time <= to;
    });
  }

  bool any_wish(Micros from, Micros to) const {
    return std::ranges::any_of(told_, [&](const Told& told) {
      return told.wish && told.delivery && told.exchange->sent >= from && told.exchange->sent <= to;
    });
  }

  // How often people had wished for just this until then: each of them gets it, whatever has become of the others'.
  std::size_t wished(const Act& act) const {
    const auto names = [](const Told& told, const Id& id) { return told.wish && told.names(id); };
    std::vector<Id> ids = ids_in(act.exchange->request.body);
    std::erase_if(ids, [&](const Id& id) {  // what the bot has made up
      return std::ranges::none_of(told_, [&](const Told& told) { return names(told, id); });
    });
    if (ids.empty()) return 0;
    return static_cast<std::size_t>(std::ranges::count_if(told_, [&](const Told& told) {
      return told.exchange->sent <= act.exchange->sent &&
             std::ranges::all_of(ids, [&](const Id& id) { return names(told, id); });
    }));
  }

  // How many messages of one sort may have led to requests like this, of which `first` was the first: told since the
  // bot asked for something else about the call. Two such that come close together lead to two requests also where
  // neither is told between them.
  std::size_t led_to(const Act& first, const Act& act) const {
    Micros since = 0;
    for (const Act& other : acts_) {
      const Micros sent = other.exchange->sent;
      if (other.call == first.call && other.key != first.key && sent < first.exchange->sent)
        since = std::max(since, sent);
    }
    std::map<std::string, std::size_t> sorts;
    std::size_t most = 1;
    for (const Told& told : told_) {
      const Micros time = told.exchange->sent;
      const bool about = told.names(act.call) && (!act.person || told.names(act.person));
      if (!told.delivery || told.repeated || told.wish || !about || time < since || time > act.exchange->sent) continue;
      most = std::max(most, ++sorts[sort_of_news(*told.exchange)]);
    }
    return most;
  }

  // How often the session may lead to such a request: as often as it shows, and once for each wish of a kind.
  std::size_t allowed(const Act& act) const {
    std::map<std::string, std::size_t> shown;
    std::map<std::string, std::size_t> wishes;
    std::size_t most = 1;
    for (const Act& other : acts_of(played_)) {
      if (other.shape == act.shape) most = std::max(most, ++shown[other.key]);
    }
    for (const Told& told : told_) {
      if (told.wish) most = std::max(most, ++wishes[told.exchange->request.target]);
    }
    return most;
  }

  void look_for_repeats() {
    std::map<std::string, std::vector<const Act*>> alike;
    for (const Act& act : acts_) alike[act.key].push_back(&act);
    for (const auto& [key, acts] : alike) {
      if (acts.size() > 1) look_at_repeats(acts);
    }
  }

  void look_at_repeats(const std::vector<const Act*>& acts) {
    const bool too_many = acts.size() > allowed(*acts.front());
    std::size_t tries = 1;
    std::size_t run = 1;  // requests since something new was told
    for (std::size_t i = 1; i < acts.size(); ++i) {
      const Exchange& before = *acts[i - 1]->exchange;
      const Act& act = *acts[i];
      const Micros sent = act.exchange->sent;
      const bool ended = before.ended_at_all() && before.ended <= sent;
      const auto wait = ended ? retry_after(before) : std::nullopt;
      const bool early = wait && static_cast<double>(sent - before.ended) < kNearlyOver * static_cast<double>(*wait);
      // News from Graph are no excuse: it has said when to ask again. A person does not know of that.
      if (early && !any_wish(before.sent, sent) && wished(act) <= i) {
        return add(Misstep::too_soon, act,
                   fmt::format("again after {:.0f} ms, where Retry-After said {} s",
                               static_cast<double>(sent - before.ended) / 1e3, *wait / 1'000'000));
      }
      if (any_news(act, before.sent, sent)) {
        tries = run = 1;
        continue;
      }
      ++run;
      if (!ended || succeeded(before)) {
        if (too_many && run > led_to(*acts[i + 1 - run], act))
          return add(Misstep::acted_twice, act, "asked for once more, although nothing new was told");
        tries = 1;
        continue;
      }
      if (++tries >= kAgainAndAgain && act.exchange->ended_at_all() && !succeeded(*act.exchange)) {
        return add(Misstep::too_soon, act, fmt::format("asked for {} times, and failed each time", tries));
      }
    }
  }

  // What a refusal asks for, where that is a sensible number of seconds.
  static std::optional<Micros> retry_after(const Exchange& exchange) {
    const corpus::Response* answer = exchange.response();
    if (answer == nullptr || (answer->status != 429 && answer->status != 503)) return std::nullopt;
    const auto text = find_header(answer->headers, "Retry-After");
    if (!text) return std::nullopt;
    Micros seconds = 0;
    const auto read = std::from_chars(text->data(), text->data() + text->size(), seconds);
    if (read.ptr != text->data() + text->size() || seconds < 1 || seconds > kLongestRetry) return std::nullopt;
    return seconds * 1'000'000;
  }

  const corpus::Session& played_;
  const corpus::Session& live_;
  std::vector<Act> acts_;
  std::vector<Told> told_;
  std::vector<Misconduct> found_;
};

}  // namespace

std::vector<Misconduct> misconduct_in(const corpus::Session& played, const corpus::Session& live) {
  return Conduct(played, live).look();
}

}  // namespace harness
