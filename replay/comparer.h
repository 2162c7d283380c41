// Two bodies, recorded and live, compared under the bindings of a replay.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "replay/bindings.h"
#include "replay/pointer.h"

namespace replay {

/// One place at which a live body is not what the recording has. The values are JSON as it stood, or "(absent)".
struct Difference {
  std::string pointer;   ///< RFC 6901; empty for the body as a whole
  std::string recorded;  ///< after rewriting to live ids, so that only what really differs differs
  std::string live;

  bool operator==(const Difference&) const = default;
};

/// A recorded id and the live one that stands in its place.
struct Pair {
  std::string recorded;
  std::string live;

  bool operator==(const Pair&) const = default;
};

/// A difference that is none, because it is noise (replay/noise.h).
struct Explained {
  Difference difference;
  std::string why;
};

/// What a comparison found.
struct Comparison {
  std::vector<Difference> differences;
  std::vector<Explained> explained = {};  ///< taken out of the differences by whoever knows the noise
  std::vector<Pair> pairs;      ///< ids that stand for each other, some of them bound already: bind them to accept
  std::vector<Pair> ambiguous;  ///< live ids that stand for another recorded one already
};

/// Who wrote the two bodies, which decides where an id may be a new one.
enum class Author {
  bot,    ///< ids that the bot makes may be new; people, applications and tenants are who they are: they must be equal
  graph,  ///< any id may be new
};

/// Compares bodies: JSON as JSON (order of members, white space, escapes and number spelling do not count), anything
/// else as text. Ids are equal if they are bound to each other or could be. Secrets that were redacted are equal to
/// anything.
class Comparer {
 public:
  /// Places below any of `ignored` are not compared.
  explicit Comparer(std::vector<Pointer> ignored = {});
  ~Comparer();
  Comparer(Comparer&&) noexcept;
  Comparer& operator=(Comparer&&) noexcept;

  Comparison bodies(std::string_view recorded, std::string_view live, Author author, const Bindings& bindings);

  /// The same for a single text that is no JSON, such as a header's value or a request target.
  Comparison texts(std::string_view recorded, std::string_view live, Author author, const Bindings& bindings);

 private:
  struct Parsers;  // simdjson's, reused from body to body
  std::unique_ptr<Parsers> parsers_;
  std::vector<Pointer> ignored_;
};

}  // namespace replay
