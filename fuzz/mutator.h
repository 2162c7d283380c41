// Makes new payloads of recorded ones, for fuzzers of any kind.
//
//     fuzz::Vocabulary vocabulary;
//     for (const std::string& seed : seeds) vocabulary.learn(seed);
//     vocabulary.freeze();
//     fuzz::Mutator mutator(vocabulary);
//     size = mutator.mutate(buffer, size, number++);
//
// What it changes, and how it chooses, stands in fuzz/MUTATIONS.md. For libFuzzer see fuzz/libfuzzer.h.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "fuzz/crossing.h"
#include "fuzz/json_index.h"
#include "fuzz/mutation.h"
#include "fuzz/place_picker.h"
#include "fuzz/scratch.h"
#include "fuzz/vocabulary.h"
#include "fuzz/workbench.h"

namespace fuzz {

/// Changes payloads. The output is a function of input, seed, size limit and vocabulary (and of the engine's own
/// mutation, where one is lent): the same seed makes the same of the same input, now and elsewhere. Makes nothing of no
/// bytes, never more than the limit. Owned by whoever fuzzes; not for two threads at once. After the first few inputs
/// it takes no memory.
class Mutator {
 public:
  /// `vocabulary` must be frozen and outlive the mutator. `engine`, if there is one, is called for about one mutation
  /// in ten and for the insides of strings.
  explicit Mutator(const Vocabulary& vocabulary, ByteMutation engine = nullptr);

  /// Changes the first `size` bytes of `buffer`, whose whole length is the limit. Returns how many bytes there are
  /// then: at least 1, unless the buffer is empty. Close to the limit the result is never longer than the input.
  std::size_t mutate(std::span<std::uint8_t> buffer, std::size_t size, std::uint32_t seed);

  /// Applies one mutation, at a place of chance where it can be applied, and nothing else. Returns 0, the buffer's
  /// bytes being undefined then, if there is no such place or the result would not fit.
  std::size_t apply(std::span<std::uint8_t> buffer, std::size_t size, std::uint32_t seed, Mutation which);

  /// Writes to `out`, whose length is the limit, something that has parts of both, most often `a` with something of
  /// `b`. Never calls the engine. Returns how many bytes were written: at least 1, unless `out` is empty.
  std::size_t cross_over(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b, std::span<std::uint8_t> out,
                         std::uint32_t seed);

 private:
  /// One mutation's chance and place.
  struct Choice {
    std::size_t row = 0;
    std::uint32_t at = 0;
  };

  void load(std::string_view text);
  bool recall(std::size_t size, std::size_t limit, Random& random);
  bool is_poor(Random& random) const;
  void prepare(std::string_view text, std::size_t limit, Random& random);
  std::string_view text() const { return {input_.data(), input_.size()}; }
  bool choose(Random& random, bool unbroken, Choice& choice);
  bool choose_by_place(std::uint32_t first, std::uint32_t last, Random& random, Choice& choice);
  bool choose_in_batch(Random& random, Choice& choice);
  bool choose_damage(Random& random, Choice& choice);
  std::size_t edit(std::span<std::uint8_t> out, Random& random, bool second);
  std::size_t try_choice(std::span<std::uint8_t> out, Random& random, const Choice& choice);
  std::size_t fall_back(std::span<std::uint8_t> out, Random& random);
  std::size_t edit_all(std::span<std::uint8_t> out, Random& random);
  std::size_t follow_up(std::span<std::uint8_t> out, std::size_t size, Random& random);
  Workbench bench(Random& random, Draft& draft);

  const Vocabulary& vocabulary_;
  ByteMutation engine_;
  ByteMutation engine_now_ = nullptr;  // null while it may not be called
  std::vector<char> input_;
  std::vector<std::uint8_t> repaired_;
  JsonIndex index_;
  JsonIndex donor_;
  std::uint32_t batch_ = Workbench::kNoBatch;
  Range focus_{};
  PlacePicker picker_;
  std::unique_ptr<Scratch> scratch_;
  std::unique_ptr<Scratch> other_;
};

}  // namespace fuzz
