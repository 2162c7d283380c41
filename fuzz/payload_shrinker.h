// Makes a payload that shows something smaller, as long as it shows it still.
//
//     fuzz::PayloadShrinker shrinker(bytes);
//     while (const std::string* candidate = shrinker.next()) shrinker.verdict(shows_it(*candidate));
//     keep(shrinker.best());
//
// It asks and never runs anything: whoever calls gives each candidate to the program under test, and tells.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_set>

#include "fuzz/halving.h"
#include "fuzz/json_index.h"

namespace fuzz {

/// Takes out values with their keys, then levels of nesting, then characters of strings, keys and numbers, then what a
/// value is at all, then white space; and once more from the begin, as long as something goes. JSON stays JSON. Of a
/// payload that is none, a mended one is tried first; if only the broken one shows it, single bytes go in the end.
/// Steps depend on the payload and the verdicts alone. Owned by whoever shrinks.
class PayloadShrinker {
 public:
  /// `payload` shows what is looked for. No more than `budget` candidates are handed out.
  explicit PayloadShrinker(std::string payload, std::size_t budget = 2000);
  PayloadShrinker(const PayloadShrinker&) = delete;  // the index looks into the payload
  PayloadShrinker& operator=(const PayloadShrinker&) = delete;

  /// The next payload to be run; it lives until the next call. Null: nothing is left to try, or the budget is used up.
  const std::string* next();
  /// What came of the one that next() gave last.
  void verdict(bool shows);

  /// The smallest payload so far that shows it.
  const std::string& best() const { return best_; }
  /// How many candidates have been handed out.
  std::size_t runs() const { return runs_; }
  /// Whether it ended because nothing is left to try.
  bool minimal() const { return halving_.finished(); }
  /// Whether the smallest so far is JSON.
  bool is_json() const { return index_.well_formed(); }
  /// What is being taken out, for a person: "values", "characters", …
  std::string_view stage() const;

 private:
  bool make_candidate();
  void adopt();

  std::string best_;
  std::string candidate_;
  JsonIndex index_;                          // of the best
  JsonIndex new_index_;                      // of the candidate
  std::unordered_set<std::size_t> refused_;  // hashes: a payload may have a mebibyte
  std::size_t budget_;
  std::size_t runs_ = 0;
  Halving halving_;
  bool mending_ = false;  // the mended payload is still to be tried
  bool waiting_ = false;  // for the verdict
};

/// All steps at once.
std::string shrink_payload(std::string payload, const std::function<bool(const std::string&)>& shows,
                           std::size_t budget = 2000);

}  // namespace fuzz
