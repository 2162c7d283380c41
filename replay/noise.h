// What a sound bot does now this way and now that: learnt from runs that are known to be good, so that a difference
// counts only beyond it.
//
// How it is learnt and what it takes in is on the page replay/NOISE.md, as is the file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "corpus/exchange.h"
#include "replay/comparer.h"
#include "replay/plan.h"
#include "replay/value_model.h"

namespace replay {

/// Whose message of an exchange: the request, or the bot's answer to a delivery.
enum class Part { request, answer };

/// A place at which values vary.
struct NoisyPlace {
  std::string request;  ///< kind_of() the exchanges' requests
  Part part = Part::request;
  std::string pointer;                  ///< as in Difference; "*" stands for any index of an array
  std::vector<std::int64_t> exchanges;  ///< of the recording; more than one: it is so for all requests of this kind
  std::size_t runs = 0;                 ///< in so many the value was another one than in the recording
  std::vector<Sample> seen;             ///< with those that were as recorded
};

/// Two requests that come in either order, although the recording shows the one answered before the other was sent.
struct NoisyOrder {
  std::int64_t first = 0;  ///< in the recording
  std::int64_t second = 0;
  std::size_t runs = 0;  ///< in so many it was the other way round; 0: taken from others of the same batch
};

/// A request that does not always come.
struct NoisyPresence {
  std::int64_t exchange = 0;
  std::string request;
  std::size_t runs = 0;  ///< in so many it did not
};

/// A request that the recording does not have, and good runs do.
struct NoisyExtra {
  std::string request;
  std::size_t most = 0;  ///< in one run
  std::size_t runs = 0;
  std::vector<Sample> seen;  ///< bodies; nothing: none
};

/// A time that varies: how long the bot takes to answer a delivery, or to send a request since it was told what it
/// answers to.
struct NoisyTime {
  std::int64_t exchange = 0;
  std::string request;
  corpus::Micros recorded = 0;
  corpus::Micros least = 0;
  corpus::Micros most = 0;
  std::size_t runs = 0;  ///< in so many it was above the recording's, and above what judging allows
};

/// All that was learnt about one session.
struct NoiseRecord {
  std::string session;  ///< its name
  std::string digest;   ///< of the session file's bytes, as the caller made it
  std::string origin;   ///< what learnt it
  std::size_t runs = 0;
  std::vector<NoisyPlace> places;
  std::vector<NoisyOrder> orders;
  std::vector<NoisyPresence> presences;
  std::vector<NoisyExtra> extras;
  std::vector<NoisyTime> times;

  bool empty() const {
    return places.empty() && orders.empty() && presences.empty() && extras.empty() && times.empty();
  }
};

/// The kind of a request: method and path without ids, "POST /calls/{}/participants/invite".
std::string kind_of(const corpus::Request& request);

/// What the place accepts. Where a value says who is meant, or is a status: nothing but what was seen.
ValueModel model_of(const NoisyPlace& place);

/// A record made ready to be asked. What it says of exchanges that the recording does not have, or that are now
/// requests of another kind, is left out.
class Noise {
 public:
  Noise(NoiseRecord record, const corpus::Session& recorded);
  Noise(const Noise&) = delete;  // what it is asked with points into the record
  Noise& operator=(const Noise&) = delete;

  /// Why this difference of an exchange (its place in the recording) is none; nothing if it is one.
  std::optional<std::string> explains(std::size_t exchange, Part part, const Difference& difference) const;
  /// Whether `second` may come before `first`, which the recording has earlier. Places in the recording.
  std::optional<std::string> may_swap(std::size_t first, std::size_t second) const;
  /// Why this request may be missing; nothing if it may not.
  std::optional<std::string> may_miss(std::size_t exchange) const;
  /// Which of the record's extras this request, which the recording does not have, is.
  std::optional<std::size_t> extra(const corpus::Request& live) const;
  /// How long the bot may take to answer this delivery, or to send this request; nothing: as without noise.
  std::optional<corpus::Micros> longest(std::size_t exchange) const;

  const NoiseRecord& record() const { return record_; }
  /// How many of the record's entries are about what the recording does not have.
  std::size_t left_out() const { return left_out_; }

 private:
  struct Place {
    const NoisyPlace* noisy;
    ValueModel model;
  };

  void take_places();
  // The place of an exchange, if it is still a request of that kind.
  std::optional<std::size_t> known(std::int64_t number, std::string_view request) const;

  NoiseRecord record_;
  std::map<std::int64_t, std::size_t> by_number_;
  std::vector<std::string> kinds_;                                  // of the recorded exchanges
  std::map<std::size_t, std::vector<Place>> of_exchange_;           // noise of one exchange
  std::map<std::string, std::vector<Place>, std::less<>> of_kind_;  // noise of a kind of requests
  std::map<std::pair<std::size_t, std::size_t>, const NoisyOrder*> orders_;
  std::map<std::size_t, const NoisyPresence*> optional_;
  std::map<std::size_t, const NoisyTime*> times_;
  std::vector<ValueModel> extras_;
  std::size_t left_out_ = 0;
};

/// Moves the differences that the noise, which may be null, explains out of `differences`.
std::vector<Explained> take_explained(const Noise* noise, std::size_t exchange, Part part,
                                      std::vector<Difference>& differences);

/// The plan for a bot with noise, which may be null: steps that need not happen are optional, and nothing waits for
/// them but what cannot be without them.
Plan plan_with(const corpus::Session& recorded, const PlanOptions& options, const Noise* noise);

}  // namespace replay
