// Which recorded delivery a live one is.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "corpus/exchange.h"
#include "corpus/ids.h"
#include "replay/bindings.h"
#include "replay/comparer.h"
#include "replay/hash_index.h"
#include "replay/plan.h"

namespace replay {

/// Matches live deliveries to recorded ones by what they say, ids apart: first by the bindings, then by form; among
/// equals one that nothing holds back any more. Each recorded delivery is taken once. Needs no help from the player, so
/// that a recording of a replay can be judged too.
///
/// The recording, the plan and the bindings must outlive the matcher.
class DeliveryMatcher {
 public:
  DeliveryMatcher(const corpus::Session& recorded, const Plan& plan, Bindings& bindings);

  /// Takes the recorded delivery that `live` is and binds the ids of both; nothing if there is none left.
  std::optional<std::size_t> take(const corpus::Request& live);

  /// The same where somebody knows which one `live` is, whatever it says. That one must not be taken.
  void take_as(std::size_t exchange, const corpus::Request& live);
  /// Binds the ids of both, and takes nothing: `live` is that recorded delivery once more.
  void bind_ids(std::size_t exchange, const corpus::Request& live);

  /// The bot has sent that recorded request: it holds back no delivery from here on.
  void request_came(std::size_t exchange) { taken_[exchange] = true; }

  /// Whether a delivery was taken, or a request came.
  bool taken(std::size_t exchange) const { return taken_[exchange]; }

 private:
  // By hash of a GUID: the deliveries that have it.
  using Holders = std::unordered_map<std::size_t, std::vector<std::size_t>>;

  std::optional<std::size_t> same_text(const corpus::Request& live, std::size_t key);
  Comparison unknown_ids(const corpus::Request& live) const;
  // The one of a bucket that fits with the fewest ids renamed; of several, one that nothing holds back.
  std::optional<std::size_t> nearest(const corpus::Request& live, HashIndex& index, std::size_t key);
  // Whether a recorded body is what came, but for ids: which ones those are.
  bool same_form(std::string_view recorded, Comparison& ids) const;
  std::vector<std::size_t> candidates(const corpus::Request& live, std::span<const std::size_t> waiting,
                                      std::size_t key);
  std::vector<std::size_t> of_same_people(std::span<const std::size_t> waiting, std::size_t key);
  bool is_held_back(std::size_t delivery) const;
  bool is_other_call(const std::string& recorded, const std::string& live, const std::string& bound) const;
  void bind(std::size_t exchange, const corpus::Request& live, const Comparison& ids);

  const corpus::Session& recorded_;
  const Plan& plan_;
  Bindings& bindings_;
  Comparer comparer_;
  struct {
    std::string line;
    std::string body;
    std::vector<corpus::Span> guids;  // of the body
  } said_;                            // method and target, and body, of the live delivery under recorded ids
  // By hash: the texts themselves stand in the recording.
  HashIndex text_;    // by method, target and body
  HashIndex form_;    // the same without GUIDs and stand-ins of secrets; and once more by that and the call
  HashIndex target_;  // method and target alone, likewise
  std::unordered_map<std::size_t, Holders> holders_;  // by key of a large bucket
  std::vector<bool> taken_;                           // deliveries; and requests, if they have come
  std::vector<std::string> calls_;                    // the call that each recorded delivery is about
};

}  // namespace replay
