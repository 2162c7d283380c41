// Goes through a session in order of time and holds it against the rules of corpus/PROMISES.md.
#pragma once

#include <cstddef>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "corpus/breach_list.h"
#include "corpus/call_rules.h"
#include "corpus/graph_path.h"
#include "corpus/message_reader.h"
#include "corpus/notice.h"
#include "corpus/operation_rules.h"

namespace corpus {

/// One pass over one session. Both arguments must outlive it.
class PromiseCheck {
 public:
  PromiseCheck(const Session& session, BreachList& breaches)
      : session_(session),
        breaches_(breaches),
        calls_(breaches),
        operations_(breaches),
        shown_(session.exchanges.size()) {}

  /// Puts every breach into the list.
  void run();

 private:
  void told(std::size_t index);
  void acknowledged(std::size_t index);
  void graph_answered(std::size_t index);
  void check_outcome(std::size_t index);
  void check_answer(std::size_t index, const GraphPath& path);
  void check_names(Seen seen, const Notice& notice);
  void take_operation(std::size_t index, const GraphPath& path);
  void take_unseen(std::size_t index);
  bool comes_again(std::size_t index);

  const Session& session_;
  BreachList& breaches_;
  CallRules calls_;
  OperationRules operations_;
  MessageReader reader_;
  std::vector<bool> shown_;                                    // exchanges whose answers show what was made
  std::unordered_map<std::size_t, std::vector<Notice>> told_;  // deliveries that have not been acknowledged yet
  std::unordered_map<std::string_view, std::size_t> last_;     // body -> the last delivery of it
  std::unordered_map<std::string_view, std::unordered_set<std::string>> ids_;  // body -> message ids that it came with
  std::unordered_set<std::string> thinned_;  // calls from which the bot has removed somebody
};

}  // namespace corpus
