// Which ids the messages of a session mention. For plan.cpp alone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "corpus/exchange.h"
#include "corpus/mentions.h"
#include "replay/guid_map.h"

namespace replay {

/// An id by its number, in order of first appearance.
using Id = std::uint32_t;

/// One id in one message.
struct Named {
  Id id = 0;
  corpus::MentionKind kind = corpus::MentionKind::other;
};

/// What every message of a session mentions. A plan needs each message twice, and an id stands in many: so each message
/// is read once, and each id kept once, with a number for it. Needs the session no longer than its constructor.
class Reading {
 public:
  /// What one message mentions, as corpus::Mentions has it. Lives as long as the reading.
  struct Message {
    std::span<const Named> all;
    bool notification = false;
  };

  explicit Reading(const corpus::Session& session);

  /// By the exchange's place in Session::exchanges. An exchange without an answer has one that mentions nothing.
  Message request(std::size_t exchange) const { return message(2 * exchange); }
  Message answer(std::size_t exchange) const { return message(2 * exchange + 1); }

  /// How many ids there are: their numbers are smaller.
  std::size_t ids() const { return texts_.size(); }
  /// An id in canonical form.
  const std::string& text(Id id) const { return texts_[id]; }

 private:
  struct Range {
    std::size_t begin;
    std::size_t end;
    bool notification;
  };

  void add(const corpus::Mentions& mentions);
  Message message(std::size_t number) const;

  Id number_of(const std::string& text);

  GuidMap<Id> guids_;
  std::unordered_map<std::string, Id> others_;
  std::vector<std::string> texts_;
  std::vector<Named> named_;
  std::vector<Range> ranges_;
};

}  // namespace replay
