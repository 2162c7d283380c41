// Every order in which the causes of a recording allow its deliveries to go out.
//
//     fuzz::Orders orders(recording, {.seed = 1});
//     while (const auto order = orders.next()) play(orders.session(*order));
//
// What counts as another order, and which ones come first, stands in fuzz/SESSION_MUTATIONS.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <vector>

#include "fuzz/random.h"
#include "fuzz/session_draft.h"
#include "fuzz/session_mutator.h"

namespace fuzz {

/// An order of deliveries: indices in Session::exchanges.
using DeliveryOrder = std::vector<std::size_t>;

/// How orders are gone through.
struct OrderOptions {
  /// Of orders that differ only by neighbours that share no call and no id, one stands for all. Not for bots that may
  /// mix calls up.
  bool prune = false;
  std::uint64_t seed = 0;  ///< which orders come first is a function of it
};

/// The orders of one recording, each once. First come orders that between them have every two and three deliveries in
/// each of their orders, since a race is mostly one of two or three; then all others. The same recording, options and
/// seed give the same orders in the same order. Owned by whoever explores.
class Orders {
 public:
  /// Up to this many orders are counted.
  static constexpr std::uint64_t kCountLimit = 1'000'000;

  explicit Orders(const SeedSession& recording, OrderOptions options = {});

  /// The next order; nothing if there are no more.
  std::optional<DeliveryOrder> next();

  /// The recording with its deliveries in that order, each one waiting for the answer to the one before. Requests of
  /// the bot stand where those deliveries have been sent that led to them.
  corpus::Session session(const DeliveryOrder& order) const;

  /// How many orders there are; nothing if there are more than kCountLimit. Takes as long as going through them.
  std::optional<std::uint64_t> total() const;
  std::size_t deliveries() const { return places_.size(); }

 private:
  using Word = std::vector<std::uint32_t>;  // positions in places_

  void find_requirements();
  void find_commuting(const corpus::Session& session);
  bool may_follow(const Word& word, std::uint32_t next) const;
  bool step(Word& word, std::uint32_t& from) const;
  bool advance(Word& word) const;
  Word random_word();
  Word normal_form(const Word& word) const;
  std::size_t cover(const Word& word, bool note);
  std::optional<Word> covering_word();
  DeliveryOrder order_of(const Word& word) const;

  SessionDraft draft_;
  OrderOptions options_;
  Random random_;
  std::vector<std::size_t> places_;              // of the deliveries
  std::vector<std::vector<bool>> requires_;      // [later][earlier], deliveries only
  std::vector<std::vector<std::size_t>> leads_;  // [exchange]: deliveries that have to be sent before a request
  std::vector<std::vector<bool>> commute_;
  std::set<Word> given_;       // those that came first
  std::vector<bool> covered_;  // ordered pairs and triples
  bool covering_ = true;
  Word last_;  // of the walk through all of them
  bool finished_ = false;
};

}  // namespace fuzz
