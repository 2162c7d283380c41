// What users take for a leak, or for none, beyond what Rollcall knows by itself (corpus/clue.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/error.h"
#include "corpus/pattern.h"

namespace corpus {

/// A line of a rules file. The grammar stands on the page corpus/TRUST.md.
struct LeakRule {
  enum class Of {
    member,  ///< the name of a member of a JSON object, or of a parameter: its value is meant
    header,  ///< the name of a header: its value is meant
    value,   ///< a part of any text
    rule,    ///< the name of another rule; to allow what it finds
  };

  std::string name;  ///< "allow" for what is no leak
  Of of = Of::value;
  Pattern pattern;

  bool allows() const { return name == "allow"; }
};

/// All rules of a file, in its order.
class LeakRules {
 public:
  /// Reads the text of a rules file. The fault names file, line and reason; `path` is for that only.
  static Result<LeakRules> parse(std::string_view text, const std::string& path);

  /// The name of the first rule that takes this for a leak; empty if none does.
  std::string_view leak(LeakRule::Of of, std::string_view text) const { return find(of, text, false); }
  /// Whether a rule says that this is none.
  bool allows(LeakRule::Of of, std::string_view text) const { return !find(of, text, true).empty(); }
  /// The same for a find in a text: whether a rule about values matches something that covers it.
  bool allows(std::string_view text, std::size_t begin, std::size_t end) const;
  bool empty() const { return rules_.empty(); }

 private:
  std::string_view find(LeakRule::Of of, std::string_view text, bool allowing) const;

  std::vector<LeakRule> rules_;
};

}  // namespace corpus
