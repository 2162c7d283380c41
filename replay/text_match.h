// Whether two texts say the same, ids apart. For the comparer.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "replay/bindings.h"
#include "replay/comparer.h"

namespace replay {

/// Compares single texts of two bodies and collects the ids that stand for each other. One object serves one
/// comparison; the bindings must outlive it.
class TextMatch {
 public:
  /// Where the two texts stand.
  struct Spot {
    std::string_view member;  ///< the name of the member that holds them; empty: none does
    bool who = false;         ///< below a member that says who is meant
  };
  /// How much has been collected.
  struct Mark {
    std::size_t pairs = 0;
    std::size_t ambiguous = 0;
  };

  TextMatch(Author author, const Bindings& bindings) : author_(author), bindings_(bindings) {}

  /// What the two say is the same. If not, pairs found before that was clear may have been collected: see forget().
  bool same(std::string_view recorded, std::string_view live, const Spot& spot);

  Mark mark() const { return {pairs_.size(), ambiguous_.size()}; }
  /// Drops what has been collected since.
  void forget(const Mark& since);
  /// Hands over what has been collected.
  void give(Comparison& result);

  const Bindings& bindings() const { return bindings_; }

 private:
  bool guids(std::string_view recorded, std::string_view live, bool may_be_new);
  bool addresses(std::string_view recorded, std::string_view live);
  bool address_parts(std::string_view recorded, std::string_view live);
  bool paths(std::string_view recorded, std::string_view live);
  bool ids(std::string_view recorded, std::string_view live, bool may_be_new);

  Author author_;
  const Bindings& bindings_;
  std::vector<Pair> pairs_;
  std::vector<Pair> ambiguous_;
};

}  // namespace replay
