// The state that a bot keeps of its calls, and what a delivery does to it: the handler in which the mistakes are
// planted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/bench/planted/notice.h"
#include "tests/bench/planted/probes.h"

namespace planted {

/// Somebody on a roster, as the bot remembers them.
struct Member {
  std::string id;
  std::string name;
  bool muted = false;
  std::size_t streams = 0;
};

/// A call that the bot takes part in. It goes when it is deleted.
struct Call {
  std::string id;
  std::string state;
  std::vector<Member> members;
  std::optional<std::int64_t> sequence;  ///< of the last delta
};

/// An operation that is on its way. It goes when it has completed or failed.
struct Operation {
  std::string id;
  std::string call;
};

/// What the bot would tell the outside about a delivery.
struct Tally {
  std::size_t joined = 0;
  std::size_t left = 0;
  std::size_t muted = 0;
  std::size_t connected = 0;
  std::size_t ended = 0;
  std::size_t completed = 0;
  std::size_t failed = 0;
  std::int64_t last_code = 0;
};

/// Applies notices to calls, rosters and operations, as a plain bot does: without a second thought about order and
/// repetition. Which of the thoughts left out would matter is what `probes` watch: they see each notice just before it
/// is applied. `probes` must outlive the switchboard.
class Switchboard {
 public:
  explicit Switchboard(Probes& probes) : probes_(probes) {}

  /// Applies the whole batch, which came as `body`.
  void apply(std::string_view body, const Batch& batch);

  const Tally& tally() const { return tally_; }
  const std::vector<Call>& calls() const { return calls_; }

 private:
  void apply(const Notice& notice, const Delivery& delivery);
  void apply_call(const Notice& notice);
  void apply_roster(const Notice& notice);
  void apply_delta(const Notice& notice);
  void apply_operation(const Notice& notice);
  Call& call_of(const Path& path);
  void update(Call& call, const Participant& participant);

  Probes& probes_;
  std::vector<Call> calls_;
  std::vector<Operation> operations_;
  Tally tally_;
};

/// Handles one delivery of any bytes with a state of its own. Returns whether its envelope was accepted.
bool handle(std::string_view body, simdjson::dom::parser& parser, Probes& probes);

}  // namespace planted
