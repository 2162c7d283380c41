// Messages in a few words, for people.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "corpus/exchange.h"

namespace corpus {

/// The text with each GUID cut to its first eight digits and "…": enough to tell ids of one session apart.
std::string with_short_ids(std::string_view text);

/// The text made fit for one line of a terminal: control characters of any kind, what turns the direction of the text
/// around it, and bytes that are no UTF-8 are escaped, and what is longer than `limit` bytes is cut, with "…" in its
/// place.
std::string printable(std::string_view text, std::size_t limit = 2000);

/// Says what messages are about. Reuses its memory; the texts are the caller's.
class Describer {
 public:
  Describer();
  ~Describer();
  Describer(Describer&&) noexcept;
  Describer& operator=(Describer&&) noexcept;

  /// Method and target, and for one of Graph's notifications what it says: "POST /api/calls: updated
  /// /app/calls/57dab8b1…, established". Fit for one line.
  std::string request(const Request& request);
  /// "200 Running", "202", "failed: timeout", "no answer".
  std::string outcome(const Outcome& outcome);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace corpus
