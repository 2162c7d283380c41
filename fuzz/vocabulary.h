// What the mutator knows about payloads: learned from recordings before the first mutation, then frozen.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/json_index.h"
#include "fuzz/random.h"

namespace fuzz {

/// Values by key, members by object, notifications by kind, whole payloads by shape. It knows Graph's documented
/// payloads from the start; learn() adds what recordings show. After freeze() it never changes, so what a mutator makes
/// of an input depends on the input and the seed alone, not on what came before. Made by whoever makes the mutator;
/// copies are deep.
class Vocabulary {
 public:
  /// A member that objects of some name were seen to have.
  struct Member {
    std::string_view key;
    std::string_view value;
  };

  Vocabulary();

  /// Learns from one payload, or from a session file: every line of it is a document of its own. Broken text is learned
  /// as far as it can be read. Bounded: what comes after some thousand values is not kept.
  void learn(std::string_view text);

  /// Ends the learning. What follows may be asked only now.
  void freeze();

  // Each of the next returns an empty view if nothing of the kind is known. Views live as long as the vocabulary.

  /// Most of the texts that were learned held several documents, as session files do: then such files are what is
  /// fuzzed.
  bool mostly_lines() const { return several_ > single_; }

  /// Most of the texts that were learned held a batch of notifications: what has none is something else than what is
  /// fuzzed, though it was recorded beside it.
  bool mostly_batches() const { return batches_ > others_; }

  /// A value that members of this name were seen to have, as JSON.
  std::string_view value(std::uint32_t name, Random& random) const;

  /// A member for an object of this name: first a key of those seen there, then one of the key's values. Every key is
  /// as likely as the others.
  Member member(std::uint32_t object, Random& random) const;

  /// A key, of any object.
  std::string_view key(Random& random) const;

  /// A notification (an element of "value"), each kind as likely as the others, however often it was seen.
  std::string_view notification(Random& random) const;

  /// A whole payload, each shape as likely as the others; if there are mostly batches, one of them.
  std::string_view payload(Random& random) const;

 private:
  /// All that is known about one name. Numbers are indices of pieces_.
  struct Name {
    std::vector<std::uint32_t> values;
    std::vector<std::uint32_t> keys;  // of objects of that name: pieces with the spelling of the key
  };
  /// Pieces of one shape, the first few.
  using Shapes = std::map<std::uint32_t, std::vector<std::uint32_t>>;

  void learn_document(std::string_view text, bool whole);
  void learn_value(const Node& node);
  void learn_batch(std::uint32_t batch);
  void learn_graph();
  std::uint32_t shape_of(std::uint32_t notification) const;
  std::uint32_t payload_shape(std::uint32_t object) const;
  void keep_shape(Shapes& shapes, std::uint32_t shape, std::string_view text);
  void keep_once(std::vector<std::uint32_t>& list, std::string_view text, std::size_t limit);
  void keep_key(std::uint32_t key);
  std::string_view pick(const std::vector<std::vector<std::uint32_t>>& shapes, Random& random) const;
  const Name* find(std::uint32_t name) const;

  JsonIndex index_;  // of the text that is being learned
  std::vector<std::string> pieces_;
  std::size_t bytes_ = 0;
  bool built_in_ = true;
  std::size_t several_ = 0;  // texts of several documents
  std::size_t single_ = 0;   // texts of one
  std::size_t batches_ = 0;  // of these, those with a batch
  std::size_t others_ = 0;   // and those without
  std::map<std::uint32_t, Name> learned_;
  Shapes notifications_by_shape_;
  Shapes payloads_by_shape_;
  Shapes batches_by_shape_;
  Shapes built_in_payloads_;

  // What freeze() makes of them: flat, in the order of the names.
  std::vector<std::pair<std::uint32_t, Name>> names_;
  std::vector<std::uint32_t> keys_;
  std::vector<std::vector<std::uint32_t>> notifications_;
  std::vector<std::vector<std::uint32_t>> payloads_;
};

}  // namespace fuzz
