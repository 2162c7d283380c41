// Changes of behaviour, as a new version of a bot may bring them without anybody having meant to.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/bots/bot_logic.h"

namespace bots {

/// The names of all changes, each a value of --change: tests/bots/README.md says what they do.
std::vector<std::string_view> change_names();

/// One change, applied to what a sound bot would do. It strikes where it first can, and once, unless it is about every
/// request of a kind.
class Change {
 public:
  /// `name` must be one of change_names().
  explicit Change(std::string name) : name_(std::move(name)) {}

  /// What is sent in the place of these requests.
  std::vector<GraphRequest> apply(std::vector<GraphRequest> requests);
  /// What is sent after the Nth notification, which has ended the call of that id if `ended`.
  std::vector<GraphRequest> after_notification(std::string_view body);
  /// The status of the answer to the Nth notification, from 1; nothing: as ever.
  std::optional<int> status(int notification) const;
  /// Whether the answer to the Nth notification takes long.
  bool slow(int notification) const { return name_ == "slow-answer" && notification == 3; }

 private:
  void apply_to(GraphRequest request, std::vector<GraphRequest>& out);

  std::string name_;
  bool struck_ = false;
  std::size_t invites_ = 0;
  std::size_t mutes_ = 0;
  std::optional<GraphRequest> last_mute_;
};

}  // namespace bots
