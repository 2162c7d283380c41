// What a body mentions, told from another body that says the same of other ids. For mentions.cpp.
//
// Graph and bots say the same things over and over: most bodies of a session differ from an earlier one in nothing but
// GUIDs. Where those stand tells what they mean, so JSON is read once for each form of body, and not for each body.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "corpus/ids.h"
#include "corpus/mentions.h"

namespace corpus {

/// The bodies that have been read, by their form: their text without GUIDs, and which of those are equal. For one
/// MentionFinder. What it keeps is bounded, and a body that has no form to go by is simply not known.
class MentionForms {
 public:
  /// What a body mentions, in order, if one of its form has been learnt from the same `reader`: a number that says what
  /// else its mentions depend on. Null: not known. Lives until the next call.
  const Mentions* find(std::string_view body, int reader);
  /// What is mentioned in the body that find() was last asked for and did not know.
  void learn(std::string_view body, const Mentions& mentions);

 private:
  using Digits = std::array<char, 32>;

  // A mention of the GUID at a place among those of the body; or of a text, which all bodies of the form have.
  struct Entry {
    std::size_t guid = 0;
    std::string text;  // empty: it is the GUID
    MentionKind kind = MentionKind::other;
  };
  // A body taken apart. Two that are equal in text and in `firsts` are of one form.
  struct Parts {
    int reader = 0;
    std::vector<Span> guids;
    std::vector<std::size_t> firsts;  // of each GUID, the first that is equal to it
  };
  struct Form {
    std::string body;  // the one that was read
    Parts parts;
    std::vector<Entry> entries;
    bool notification = false;
  };

  bool take_apart(std::string_view body);
  std::uint64_t key(std::size_t size) const;
  bool is_of(const Form& form, std::string_view body) const;

  std::unordered_map<std::uint64_t, Form> forms_;
  std::size_t kept_ = 0;  // bytes of bodies
  bool has_form_ = false;
  Parts parts_;  // of the body that was asked for last
  std::vector<Digits> digits_;
  Mentions found_;
};

}  // namespace corpus
