// Graph's promises about calls: their beginning and end, and the numbers that order what is told about them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "corpus/breach_list.h"
#include "corpus/notice.h"

namespace corpus {

/// Keeps what a session has told about each call so far. What counts as told before is what the bot had acknowledged:
/// Graph sends each notification on a connection of its own, so those that overlap have no order.
///
/// The list must outlive it.
class CallRules {
 public:
  explicit CallRules(BreachList& breaches) : breaches_(breaches) {}

  /// A notification is sent. `again`: the same message as before, which may come at any time.
  void told(Seen seen, const Notice& notice, bool again);
  /// The same notification has been acknowledged.
  void settled(Seen seen, const Notice& notice);

  /// The bot asked for a call, and this is the call's id.
  void created(std::size_t exchange, std::string_view call);
  /// The bot asked for a call, and the recording does not show its id.
  void created_unseen(std::size_t exchange) { unseen_.push_back(exchange); }

  /// Whether the session shows the call's deletion.
  bool ends(std::string_view call) const;

  /// The session is over: looks for what is missing in it.
  void close();

 private:
  /// The highest number that has been acknowledged, and where.
  using Highest = std::optional<std::pair<std::int64_t, Seen>>;
  struct Call {
    std::optional<Seen> first;           // the first notification about it
    std::optional<Seen> deleted;         // acknowledged
    std::optional<Seen> terminated;      // acknowledged
    std::optional<std::size_t> created;  // the bot's request for it
    bool came_in = false;
    bool ends = false;
    Highest delta;
    std::unordered_map<std::string, Highest> participants;
    std::vector<std::pair<std::int64_t, Seen>> deltas;
  };

  Call& at(std::string_view call);
  void check_end(Seen seen, const Notice& notice, const Call& call);
  void check_numbers(Seen seen, const Notice& notice, Call& call);
  void check_number(Seen seen, const Highest& highest, std::int64_t number, std::string_view what);
  void check_beginning(const std::string& id, const Call& call);
  void check_gaps(const std::string& id, Call& call);

  BreachList& breaches_;
  std::unordered_map<std::string, Call> calls_;
  std::vector<std::string> order_;   // ids as they come up
  std::vector<std::size_t> unseen_;  // requests for calls whose ids are not shown
  std::size_t unseen_taken_ = 0;     // of these, how many account for a call
};

}  // namespace corpus
