// The secrets of one session: their stand-ins, and where they stand again.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/clue.h"
#include "corpus/keyed_hash.h"
#include "corpus/known_values.h"
#include "corpus/redaction.h"
#include "corpus/spelling.h"

namespace corpus {

/// A secret or something about a person in a text, and what to put in its place.
struct Secret {
  Stretch at;
  std::string stand_in;
  Clue clue = Clue::known_secret;
  bool inert = false;  ///< is_inert() holds for both texts; false if nobody has looked
};

/// Whether what stands around a text reads the same without it: it holds no quote, separator or escape.
bool is_inert(std::string_view text);

/// Puts the stand-ins into the text. Where secrets overlap, all they cover becomes the stand-in of the one that begins
/// first, or of the longest that does, or of the one that was found first.
void put_stand_ins(std::string& text, std::vector<Secret>& secrets);

/// Remembers the values that were seen as secrets and finds them again in any text.
///
/// A value that has been forgotten gets the same stand-in when it is seen again, because stand-ins are computed from
/// the value and the key alone.
class SecretStore {
 public:
  SecretStore(const Redactor::Key& key, KnownValues::Limits limits) : hash_(key), values_(limits) {}

  /// A keyed hash of the value; remembers nothing.
  Digest digest(std::string_view value) const { return hash_.of(value); }

  /// The stand-in of a value that is known; empty otherwise. If the text spells the value otherwise (a sloppy client
  /// that does not encode, say), that spelling is known from now on too.
  std::string known(std::string_view value, std::string_view spelling, bool& inert);
  /// Remembers a value that is not known, with its stand-in.
  void learn(std::string_view value, std::string_view spelling, std::string_view stand_in);

  /// How many values have been found known so far; the last of them; and the same as if it were found known again.
  std::uint64_t seen() const { return values_.seen(); }
  KnownValues::Entry* latest() { return values_.latest(); }
  void see(KnownValues::Entry* secret) { values_.see(secret); }

  /// If it grows, texts that were looked through may hold more than was found.
  std::uint64_t learned() const { return values_.learned(); }

  /// Appends every place where a remembered value of at least eight bytes stands in `text`. Shorter ones are everyday
  /// words, and values of less than fifteen bytes must stand apart from letters and digits, so that a pass code is not
  /// found inside a longer number. A password that is a word of the protocol is no better than an everyday word: if it
  /// were replaced wherever it stands, the session would no longer be one.
  void find(std::string_view text, std::vector<Secret>& found) const;
  /// Whether a remembered value stands in letters that are to stand in for others: what keeps what a text in base64
  /// says keeps its letters, and these may be a secret by chance.
  bool shows_in(std::string_view letters) const;

 private:
  KeyedHash hash_;
  KnownValues values_;
};

}  // namespace corpus
