// How a verdict comes about. For the sources of verdict.h alone.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/describe.h"
#include "replay/bindings.h"
#include "replay/by_hand.h"
#include "replay/comparer.h"
#include "replay/delivery_matcher.h"
#include "replay/matcher.h"
#include "replay/oddities.h"
#include "replay/plan.h"
#include "replay/verdict.h"

namespace replay {

/// Goes through the live session's moments in order of time and finds for each its partner in the recording. Made by
/// judge() for one verdict; the sessions and the options must outlive it.
class Judge {
 public:
  Judge(const corpus::Session& recorded, const corpus::Session& live, const JudgeOptions& options);
  Verdict take();
  Bindings& bindings() { return bindings_; }

 private:
  void read_hand_marks();
  void delivered(std::size_t index);
  std::optional<std::size_t> delivery_of(std::size_t index);
  void bot_answered(std::size_t index);
  void failed(FindingKind kind, std::size_t recorded, std::size_t index);
  void compare_answers(std::size_t recorded, std::size_t index);
  void asked(std::size_t index);
  void double_answered(std::size_t index);
  void unknown_request(std::size_t index);
  void check_order(std::size_t recorded);
  void check_triggers();
  void missing();
  void missing_request(std::size_t recorded);
  void withheld(std::size_t recorded);
  void death();
  std::size_t killer(corpus::Micros died) const;
  corpus::Micros recorded_death(std::size_t killed_by) const;
  std::vector<std::string> mourn(std::size_t killed_by);
  void count();
  void check_deadlines();
  void check_lateness();

  bool happened(const Cause& cause) const;
  std::vector<std::string> chain(std::size_t recorded);
  std::size_t withheld_before(std::size_t recorded) const;
  bool related(std::size_t one, std::size_t other) const;
  std::string named(std::size_t recorded);
  std::string described(std::size_t live);
  ByHand done_to(std::size_t recorded) const;
  std::string cause_in_recording(std::size_t recorded);
  std::string cause_in_live_run(std::size_t index);
  std::optional<corpus::Micros> told_live(std::size_t recorded) const;
  Place place(std::size_t recorded) const;
  Place live_place(std::size_t index) const;
  // What noise explains (judge_noise.cpp). Places in the recording; those of the live session may be kNone.
  void suppress(FindingKind kind, std::size_t recorded, std::size_t live, std::string why,
                std::optional<Difference> difference = {});
  void suppress(FindingKind kind, std::size_t recorded, std::size_t live, const std::vector<Explained>& explained);
  bool was_quit() const { return note_.quit_before.has_value(); }
  bool may_overtake(std::size_t recorded, std::size_t earlier);
  bool may_be_extra(std::size_t live, bool doubled);
  bool may_miss(std::size_t recorded);
  bool may_take(FindingKind kind, std::size_t recorded, std::size_t live, corpus::Micros time);
  Finding& find(FindingKind kind, std::size_t recorded, std::size_t live);
  void rests_on(std::size_t recorded) { bases_.push_back({verdict_.findings.size() - 1, recorded}); }

  const corpus::Session& recorded_;
  const corpus::Session& live_;
  const JudgeOptions& options_;
  Plan own_plan_;  // unless the options bring one
  const Plan& plan_;
  Bindings bindings_;
  Matcher requests_;
  DeliveryMatcher deliveries_;
  Comparer comparer_;
  corpus::Describer describer_;
  std::vector<std::size_t> partner_;                                  // recorded -> live, kNone if there is none
  std::vector<std::size_t> live_partner_;                             // live -> recorded
  std::map<std::string, std::set<std::size_t>, std::less<>> unseen_;  // call -> requests that have not come yet
  std::map<std::size_t, std::vector<std::size_t>> overtaken_;  // request that came too early -> those it overtook
  std::map<std::size_t, std::size_t> extras_;                  // entry of the noise -> how many came
  std::size_t not_sent_ = 0;                                   // deliveries, because the replay was quit
  HandNote note_;
  std::map<std::size_t, HandMark> marks_;  // of live exchanges; `exchange` is a place in the recording
  std::map<std::size_t, ByHand> by_hand_;  // what was done to recorded deliveries
  std::vector<Basis> bases_;               // what the findings rest on
  Verdict verdict_;
};

}  // namespace replay
