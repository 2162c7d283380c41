// Graph's promises about operations: each is begun by the bot, and ends once.
#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "corpus/breach_list.h"
#include "corpus/notice.h"

namespace corpus {

/// An answer that shows an operation, with all ids in canonical form.
struct OperationAnswered {
  std::string_view call;
  std::string_view operation;  ///< empty if the answer names none
  std::string_view context;    ///< the clientContext of the request
  OperationStatus status = OperationStatus::unknown;
  bool pending = false;  ///< by its status, its outcome comes by notification
  bool begins = false;   ///< this answers the request that began it
};

/// Keeps what a session has said about each operation so far. An operation is known by its id, and by call and
/// clientContext where no id is shown. The list must outlive it.
class OperationRules {
 public:
  explicit OperationRules(BreachList& breaches) : breaches_(breaches) {}

  /// A notification about an operation is sent. `again`: the same message as before.
  void told(Seen seen, const Notice& notice, bool again);
  /// The same notification has been acknowledged.
  void settled(const Notice& notice);
  /// Graph has answered.
  void answered(std::size_t exchange, const OperationAnswered& answer);
  /// The bot asked for something that may be an operation, and the recording does not show what Graph made of it.
  void begun_unseen(std::size_t exchange, std::string_view call, std::string_view context);

  /// The session is over: looks for what is missing in it. `may_fall_silent`: operations of this call need not end.
  void close(const std::function<bool(const std::string& call)>& may_fall_silent);

 private:
  struct Operation {
    std::string name;  // its id, or its clientContext
    std::string call;
    std::string by_context;  // its key if its id were not known
    std::optional<std::size_t> begun;
    std::optional<Seen> pending;  // the answer that leaves the outcome open
    std::optional<Seen> final_answer;
    std::optional<Seen> first_end;
    std::optional<Seen> outcome_seen;
    OperationStatus outcome = OperationStatus::unknown;
    bool settled = false;
  };

  Operation& at(std::string_view id, std::string_view call, std::string_view context);
  bool take_outcome(Seen seen, Operation& operation, OperationStatus status);
  void check_beginning(const Operation& operation);
  bool take_unseen(const std::string& key, Micros before);

  BreachList& breaches_;
  std::unordered_map<std::string, Operation> operations_;
  std::vector<std::string> order_;                                   // keys as they come up
  std::unordered_map<std::string, std::string> begun_by_context_;    // call and clientContext -> key
  std::unordered_map<std::string, std::deque<std::size_t>> unseen_;  // call and clientContext -> requests
};

}  // namespace corpus
