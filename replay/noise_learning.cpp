#include "replay/noise_learning.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "corpus/content_coding.h"
#include "corpus/mentions.h"
#include "replay/noise_order.h"
#include "replay/pointer.h"
#include "replay/told.h"

namespace replay {
namespace {

// What is learnt may show more (a request that need not come, and what comes without it), but not for ever.
constexpr int kRounds = 6;

// A place in one exchange of the recording.
using Spot = std::tuple<std::int64_t, Part, std::string>;

struct Observed {
  std::string recorded;
  std::vector<std::optional<std::string>> live;  // by run; nothing: as recorded, or the exchange did not come
};

void add_sample(std::vector<Sample>& samples, const MaybeJson& value, std::size_t times) {
  if (times == 0) return;
  const auto known = std::ranges::find(samples, value, &Sample::value);
  if (known != samples.end()) {
    known->times += times;
  } else {
    samples.push_back({value, times});
  }
}

bool is_index(const std::string& segment) {
  return !segment.empty() && segment.find_first_not_of("0123456789") == std::string::npos;
}

// With "*" for every index; words such as "status" as they are.
std::string starred(const std::string& pointer) {
  auto segments = parse_pointer(pointer);
  if (!segments) return pointer;
  for (std::string& segment : *segments) {
    if (is_index(segment)) segment = "*";
  }
  return to_string(*segments);
}

class Learning {
 public:
  Learning(const corpus::Session& recorded, std::span<const corpus::Session> runs, const NoiseRecord& known)
      : recorded_(recorded), runs_(runs), known_(known) {
    for (const corpus::Exchange& exchange : recorded.exchanges) by_number_[exchange.number] = &exchange;
  }

  /// `who`: places that say who is meant may be noise. Not as long as wording may have led to a wrong partner.
  NoiseRecord from(const std::vector<Verdict>& verdicts, const Plan& plan, bool who) {
    who_ = who;
    NoiseRecord record = known_;
    record.runs = known_.runs + verdicts.size();
    learn_places(record, verdicts);
    learn_presences(record, verdicts);
    learn_extras(record, verdicts);
    learn_times(record, plan, verdicts);
    std::vector<Run> runs;
    for (std::size_t i = 0; i < verdicts.size(); ++i) runs.push_back({&runs_[i], &verdicts[i].partners});
    record.orders = learn_orders(recorded_, plan, runs, known_);
    return record;
  }

 private:
  std::string kind(std::int64_t exchange) const { return kind_of(by_number_.at(exchange)->request); }

  std::map<Spot, Observed> observe(const std::vector<Verdict>& verdicts) const {
    std::map<Spot, Observed> spots;
    for (std::size_t run = 0; run < verdicts.size(); ++run) {
      const auto see = [&](FindingKind kind, const std::optional<Place>& place, const Difference& difference) {
        if (kind != FindingKind::different_request && kind != FindingKind::different_answer) return;
        const Part part = kind == FindingKind::different_answer ? Part::answer : Part::request;
        Observed& spot = spots[{place->exchange, part, difference.pointer}];
        spot.recorded = difference.recorded;
        spot.live.resize(verdicts.size());
        spot.live[run] = difference.live;
      };
      for (const Finding& finding : verdicts[run].findings) {
        for (const Difference& difference : finding.differences) see(finding.kind, finding.recorded, difference);
      }
      for (const Suppressed& one : verdicts[run].suppressed) {
        if (one.difference) see(one.kind, one.recorded, *one.difference);
      }
    }
    return spots;
  }

  // The pointer under which a spot is kept: with "*" if more than one item of an array, or a file, shows it.
  static std::map<Spot, std::string> pointers(const std::map<Spot, Observed>& spots, const NoiseRecord& known,
                                              auto&& kind) {
    std::map<std::tuple<std::string, Part, std::string>, std::set<std::string>> alike;
    for (const auto& [spot, seen] : spots) {
      const auto& [exchange, part, pointer] = spot;
      alike[{kind(exchange), part, starred(pointer)}].insert(pointer);
    }
    for (const NoisyPlace& place : known.places)
      alike[{place.request, place.part, starred(place.pointer)}].insert(place.pointer);
    std::map<Spot, std::string> result;
    for (const auto& [spot, seen] : spots) {
      const auto& [exchange, part, pointer] = spot;
      const std::string general = starred(pointer);
      const bool many = alike[{kind(exchange), part, general}].size() > 1;
      result[spot] = many && !tells_who(pointer) ? general : pointer;
    }
    return result;
  }

  // Whether what is learnt now is about the same as what a file has.
  static bool continues(const NoisyPlace& known, const NoisyPlace& now) {
    return known.part == now.part && known.request == now.request &&
           (known.pointer == now.pointer || starred(known.pointer) == now.pointer) &&
           (!tells_who(now.pointer) || known.exchanges.front() == now.exchanges.front());
  }

  // A place that is being put together out of spots. A value counts once in each run, however many spots show it: what
  // a bot says in five requests at once is one thing.
  struct Gathered {
    NoisyPlace place;
    std::set<std::pair<std::size_t, std::string>> counted;  // run, value
    std::set<std::size_t> runs;                             // in which it was another one

    void count(std::size_t run, const std::string& value, std::size_t times = 1) {
      if (counted.insert({run, value}).second) add_sample(place.seen, value_of(value), times);
    }
  };

  // The values of a spot in all runs, also in those before that did not show it, and in the recording.
  void add_values(Gathered& gathered, const Spot& spot, const Observed& seen,
                  const std::vector<Verdict>& verdicts) const {
    const bool is_known =
        std::ranges::any_of(known_.places, [&](const NoisyPlace& known) { return continues(known, gathered.place); });
    const std::size_t the_recording = verdicts.size();
    if (!is_known) gathered.count(the_recording, seen.recorded, 1 + known_.runs);
    for (std::size_t run = 0; run < verdicts.size(); ++run) {
      if (seen.live[run]) {
        gathered.count(run, *seen.live[run]);
        gathered.runs.insert(run);
      } else if (came(verdicts[run], std::get<0>(spot))) {
        gathered.count(run, seen.recorded);
      }
    }
    gathered.place.runs = gathered.runs.size();
  }

  bool came(const Verdict& verdict, std::int64_t exchange) const {
    return std::ranges::any_of(
        verdict.partners, [&](const Partners& both) { return recorded_.exchanges[both.recorded].number == exchange; });
  }

  void learn_places(NoiseRecord& record, const std::vector<Verdict>& verdicts) const {
    const std::map<Spot, Observed> spots = observe(verdicts);
    const auto kept_under = pointers(spots, known_, [this](std::int64_t exchange) { return kind(exchange); });
    // Kind, part, pointer, and the exchange where it says who is meant: that is of one request alone.
    std::map<std::tuple<std::string, Part, std::string, std::int64_t>, Gathered> fresh;
    for (const auto& [spot, seen] : spots) {
      const auto& [exchange, part, exact] = spot;
      const std::string& pointer = kept_under.at(spot);
      const bool alone = tells_who(pointer);
      if (alone && !who_) continue;
      Gathered& gathered = fresh[{kind(exchange), part, pointer, alone ? exchange : 0}];
      NoisyPlace& place = gathered.place;
      place.request = kind(exchange);
      place.part = part;
      place.pointer = pointer;
      place.exchanges.push_back(exchange);
      add_values(gathered, spot, seen, verdicts);
    }
    for (auto& [key, gathered] : fresh) join(record.places, std::move(gathered.place));
    std::ranges::stable_sort(record.places, {}, [](const NoisyPlace& place) { return place.exchanges.front(); });
  }

  static void join(std::vector<NoisyPlace>& places, NoisyPlace place) {
    std::erase_if(places, [&](const NoisyPlace& known) {
      if (!continues(known, place)) return false;
      std::vector<Sample> seen = known.seen;  // what was seen first stands first
      for (const Sample& sample : place.seen) add_sample(seen, sample.value, sample.times);
      place.seen = std::move(seen);
      place.runs += known.runs;
      place.exchanges.insert(place.exchanges.end(), known.exchanges.begin(), known.exchanges.end());
      return true;
    });
    std::ranges::sort(place.exchanges);
    const auto twice = std::ranges::unique(place.exchanges);
    place.exchanges.erase(twice.begin(), twice.end());
    places.push_back(std::move(place));
  }

  void learn_presences(NoiseRecord& record, const std::vector<Verdict>& verdicts) const {
    std::map<std::int64_t, std::size_t> missing;
    for (const Verdict& verdict : verdicts) {
      for (const Finding& finding : verdict.findings) {
        if (finding.kind == FindingKind::missing_request && !finding.consequence) ++missing[finding.recorded->exchange];
      }
      for (const Suppressed& one : verdict.suppressed) {
        if (one.kind == FindingKind::missing_request) ++missing[one.recorded->exchange];
      }
    }
    for (const auto& [exchange, runs] : missing) {
      const auto known = std::ranges::find(record.presences, exchange, &NoisyPresence::exchange);
      if (known != record.presences.end()) {
        known->runs += runs;
      } else {
        record.presences.push_back({exchange, kind(exchange), runs});
      }
    }
  }

  void learn_extras(NoiseRecord& record, const std::vector<Verdict>& verdicts) const {
    for (std::size_t run = 0; run < verdicts.size(); ++run) {
      std::map<std::string, std::size_t> count;
      const auto see = [&](FindingKind kind, const std::optional<Place>& live) {
        if (kind != FindingKind::unknown_request && kind != FindingKind::doubled_request) return;
        const auto exchange = std::ranges::find(runs_[run].exchanges, live->exchange, &corpus::Exchange::number);
        const std::string request = kind_of(exchange->request);
        auto extra = std::ranges::find(record.extras, request, &NoisyExtra::request);
        if (extra == record.extras.end()) extra = record.extras.insert(extra, NoisyExtra{request, 0, 0, {}});
        const std::string& body = exchange->request.body;
        add_sample(extra->seen, body.empty() ? MaybeJson() : value_of(body), 1);
        extra->runs += ++count[request] == 1;
        extra->most = std::max(extra->most, count[request]);
      };
      for (const Finding& finding : verdicts[run].findings) see(finding.kind, finding.live);
      for (const Suppressed& one : verdicts[run].suppressed) see(one.kind, one.live);
    }
  }

  // Answers that took longer than the limit, with how long they took in the runs that kept it; and requests that came
  // after their deadline.
  void learn_times(NoiseRecord& record, const Plan& plan, const std::vector<Verdict>& verdicts) const {
    std::map<std::int64_t, std::vector<corpus::Micros>> late;
    const auto see = [&](const auto& one) {
      const bool is_late = one.kind == FindingKind::late_answer || one.kind == FindingKind::late_request;
      if (is_late) late[one.recorded->exchange].push_back(one.took);
    };
    for (const Verdict& verdict : verdicts) {
      for (const Finding& finding : verdict.findings) see(finding);
      for (const Suppressed& one : verdict.suppressed) see(one);
    }
    for (const auto& [exchange, runs] : late) {
      const corpus::Exchange& then = *by_number_.at(exchange);
      const bool request = then.leg == corpus::Leg::graph;
      auto time = std::ranges::find(record.times, exchange, &NoisyTime::exchange);
      if (time == record.times.end()) {
        const corpus::Micros took = request ? think_of(plan, exchange) : then.ended - then.sent;
        time = record.times.insert(time, NoisyTime{exchange, kind(exchange), took, took, took, 0});
      }
      time->runs += runs.size();
      for (const corpus::Micros took : runs) time->most = std::max(time->most, took);
      if (request) continue;
      for (std::size_t run = 0; run < verdicts.size(); ++run) {
        for (const Partners& both : verdicts[run].partners) {
          const corpus::Exchange& now = runs_[run].exchanges[both.live];
          if (recorded_.exchanges[both.recorded].number != exchange || !now.ended_at_all()) continue;
          time->least = std::min(time->least, now.ended - now.sent);
          time->most = std::max(time->most, now.ended - now.sent);
        }
      }
    }
  }

  // Recorded time since the bot was told what a request answers to.
  corpus::Micros think_of(const Plan& plan, std::int64_t number) const {
    const auto place = std::ranges::find(recorded_.exchanges, number, &corpus::Exchange::number);
    const auto told_by = plan.steps[static_cast<std::size_t>(place - recorded_.exchanges.begin())].told_by;
    const auto told = told_by ? told_at(recorded_.exchanges[*told_by]) : std::nullopt;
    return place->sent - told.value_or(0);
  }

  const corpus::Session& recorded_;
  std::span<const corpus::Session> runs_;
  const NoiseRecord& known_;
  std::map<std::int64_t, const corpus::Exchange*> by_number_;
  bool who_ = true;
};

std::vector<Verdict> judged(const corpus::Session& recorded, std::span<const corpus::Session> runs,
                            const NoiseRecord& record, JudgeOptions options) {
  const Noise noise(record, recorded);
  options.noise = &noise;
  std::vector<Verdict> verdicts;
  for (const corpus::Session& run : runs) verdicts.push_back(judge(recorded, run, options));
  return verdicts;
}

std::size_t count_findings(const std::vector<Verdict>& verdicts) {
  std::size_t count = 0;
  for (const Verdict& verdict : verdicts) count += verdict.findings.size();
  return count;
}

}  // namespace

namespace {

Learnt learn_from(const corpus::Session& recorded, std::span<const corpus::Session> runs, const NoiseRecord& known,
                  const JudgeOptions& options) {
  Learning learning(recorded, runs, known);
  Learnt learnt{known, judged(recorded, runs, known, options)};
  for (int round = 0; round < kRounds; ++round) {
    const std::size_t before = count_findings(learnt.verdicts);
    const Noise noise(learnt.record, recorded);
    learnt.record = learning.from(learnt.verdicts, plan_with(recorded, {options.count_polling}, &noise), round > 0);
    learnt.verdicts = judged(recorded, runs, learnt.record, options);
    const std::size_t left = count_findings(learnt.verdicts);
    if (round > 0 && (left == 0 || left == before)) break;
  }
  return learnt;
}

}  // namespace

// Compressed bodies are looked into, as judge() does.
Learnt learn_noise(const corpus::Session& recorded, std::span<const corpus::Session> runs, const NoiseRecord& known,
                   JudgeOptions options) {
  const bool coded = corpus::has_coded_body(recorded) || std::ranges::any_of(runs, corpus::has_coded_body);
  if (!coded) return learn_from(recorded, runs, known, options);
  corpus::Session plain_recorded = recorded;
  std::vector<corpus::Session> plain_runs(runs.begin(), runs.end());
  corpus::decode_bodies(plain_recorded);
  for (corpus::Session& run : plain_runs) corpus::decode_bodies(run);
  return learn_from(plain_recorded, plain_runs, known, options);
}

bool was_cut_short(const Verdict& verdict) {
  const auto follows = [](const Finding& finding) {
    return finding.consequence || finding.kind == FindingKind::withheld_delivery;
  };
  const auto is_missing = [](const Suppressed& one) { return one.kind == FindingKind::missing_request; };
  return !verdict.findings.empty() && std::ranges::all_of(verdict.findings, follows) &&
         std::ranges::any_of(verdict.suppressed, is_missing);
}

}  // namespace replay
