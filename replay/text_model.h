// Which texts may stand at a place, generalised from those that were seen there.
//
// How, and how far, is on the page replay/NOISE.md.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace replay {

/// A text, and how often it was seen.
struct SeenText {
  std::string text;
  std::size_t times = 1;
};

/// The least and the most of something, both included.
struct Range {
  std::size_t least = 0;
  std::size_t most = 0;

  bool has(std::size_t value) const { return least <= value && value <= most; }
};

/// Texts of one kind: ids, times, tokens, wording. Built from a few samples, so it takes in what is like them; built
/// from many that keep coming back, it takes in these alone.
class TextModel {
 public:
  enum class Kind {
    seen,     ///< the texts that were seen, and no other
    guid,     ///< any GUID
    time,     ///< any date and time of ISO 8601
    token,    ///< one word out of the same characters, about as long, between the same ends
    wording,  ///< words: about as many, in the same script, with words or letters that are known
  };

  /// Of no text at all: it accepts none.
  TextModel() = default;
  /// `closed`: whatever was seen, take in nothing else.
  TextModel(const std::vector<SeenText>& seen, bool closed);

  bool accepts(std::string_view text) const;
  Kind kind() const { return kind_; }
  /// For a person: "a token of 8 of 0-9a-f behind \"note-\"".
  std::string describe() const;

 private:
  bool learn_token();
  void learn_wording();
  bool is_token(std::string_view text) const;
  bool is_wording(std::string_view text) const;

  Kind kind_ = Kind::seen;
  std::vector<std::string> texts_;  // that were seen, each once
  std::set<std::string, std::less<>> seen_;
  std::string prefix_;                          // of a token
  std::string suffix_;                          // of a token
  std::string alphabet_;                        // of a token, with ranges: "0-9a-f"
  std::set<char> letters_;                      // of a token
  Range length_;                                // in bytes; of a token without its ends
  Range words_;                                 // of wording: how many
  std::set<std::string, std::less<>> scripts_;  // of wording
  std::set<std::string, std::less<>> looks_;    // of wording: what it begins like
  std::set<std::string, std::less<>> known_words_;
  std::set<std::string, std::less<>> known_pairs_;  // of letters
  double word_share_ = 0;                           // of its words that have to be known
  double pair_share_ = 0;                           // of its pairs of letters
};

}  // namespace replay
