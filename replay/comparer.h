// Two bodies, recorded and live, compared under the bindings of a replay.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/exchange.h"
#include "replay/bindings.h"
#include "replay/pointer.h"

namespace replay {

/// Stands for a value in a Difference where there is none.
inline constexpr std::string_view kAbsent = "(absent)";

/// One place at which a live message is not what the recording has. The values are JSON as it stood in JSON, text
/// elsewhere, or "(absent)".
///
/// The place is for people; in a JSON body it is a pointer (RFC 6901) with indices of the recorded arrays, or of the
/// live array for an element that came too much. Otherwise it is one of: "line 3", "offset 0x1f0"; `field "scope"` of a
/// form; `part "metadata" /call/id` with a place in that part; "method", "path", "query", "status".
struct Difference {
  std::string pointer;   ///< empty for the body as a whole
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

/// A body and the Content-Type that says how to read it, empty if none does. A view of both.
struct Body {
  std::string_view type;
  std::string_view bytes;
};
Body body_of(const corpus::Request& message);
Body body_of(const corpus::Response& message);

/// Compares bodies: forms by field, multipart by part and each part by its own type, anything else as JSON if both are
/// (order of members, white space, escapes and number spelling do not count), as text or bytes if not. Participants in
/// arrays are compared with who they are, in whatever order. Ids are equal if they are bound to each other or could be.
/// Secrets that were redacted are equal to anything.
class Comparer {
 public:
  /// Places below any of `ignored` are not compared. A form's field or a part is a member by its name.
  explicit Comparer(std::vector<Pointer> ignored = {});
  ~Comparer();
  Comparer(Comparer&&) noexcept;
  Comparer& operator=(Comparer&&) noexcept;

  Comparison bodies(const Body& recorded, const Body& live, Author author, const Bindings& bindings);

  /// The same for a single text that is no JSON, such as a header's value or a request target.
  Comparison texts(std::string_view recorded, std::string_view live, Author author, const Bindings& bindings);

 private:
  class Bodies;
  struct Parsers;  // simdjson's, reused from body to body
  std::unique_ptr<Parsers> parsers_;
  std::vector<Pointer> ignored_;
};

}  // namespace replay
