#include "fuzz/mutator.h"

#include <algorithm>
#include <cstring>

#include "fuzz/byte_edit.h"
#include "fuzz/mutations/mutations.h"
#include "fuzz/names.h"
#include "fuzz/repair.h"

namespace fuzz {
namespace {

// Shares of what is done to an input, of 100. Damage to the syntax never gets past a parser, so most mutations must not
// be that; raw bytes are what libFuzzer would have done without us, with its dictionary and comparisons.
constexpr std::uint32_t kRaw = 10;
constexpr std::uint32_t kDamage = 5;
constexpr std::uint32_t kPlacement = 3;
constexpr std::uint32_t kBatch = 27;

/// Once in so many times a mutation begins with a payload of the vocabulary instead of its input. An engine mutates its
/// own outputs up to five times over, and prefers small inputs; this keeps what is one step from a recording likely.
constexpr std::uint32_t kRecallOneIn = 3;

/// Inputs beyond this, a few times what Graph sends, are results of mutations that grow; a corpus fills up with them,
/// and time is what they cost: to scan, to copy and to parse. Most of the time one is left for a payload of the
/// vocabulary, from which the next that grows is one step away: what takes twice the time is kept half as often.
constexpr std::size_t kLarge = 3000;
constexpr std::size_t kKeepLargeOneIn = 4;  // of those that are just too large

/// Of broken inputs only one in so many is left broken: what they were kept for was seen already. So it is with inputs
/// that have no batch, where recordings say that one is expected.
constexpr std::uint32_t kLeaveBrokenOneIn = 8;

/// A crossing is followed by another change once in so many times: it is a large one, and needs two scans already.
constexpr std::uint32_t kFollowCrossOneIn = 3;

constexpr int kAttempts = 12;

bool fits(const Row& row, std::uint32_t traits) {
  return (traits & row.all) == row.all && (row.any == 0 || (traits & row.any) != 0);
}

/// Rows that are chosen because they fit a value, unlike those that are chosen first and then need a value.
bool follows_place(const Row& row) {
  return row.info.keeps_json && row.info.group != Group::batch && (row.all & (is_document | is_batch)) == 0;
}

bool is_damage(const Row& row) {
  return !row.info.keeps_json && row.info.group != Group::bytes;
}

bool is_placement(const Row& row) {
  return row.info.group == Group::placement && row.all == is_document;
}

bool is_batch_row(const Row& row) {
  return row.info.group == Group::batch;
}

/// One of the rows that `wanted` takes, by weight. False if it takes none.
template <typename Wanted>
bool draw(Random& random, std::size_t& chosen, Wanted wanted) {
  std::uint32_t total = 0;
  const std::span<const Row> all = rows();
  for (std::size_t row = 0; row < all.size(); ++row) {
    if (!wanted(all[row])) continue;
    total += all[row].weight;
    if (random.below(total) < all[row].weight) chosen = row;
  }
  return total != 0;
}

/// Close to the limit: what grows would not fit, and an engine that lowers the limit wants the input to shrink.
bool is_tight(std::size_t size, std::size_t limit) {
  return size + std::max<std::size_t>(limit / 32, 1) > limit;
}

std::string_view view(std::span<const std::uint8_t> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

Mutator::Mutator(const Vocabulary& vocabulary, ByteMutation engine)
    : vocabulary_(vocabulary),
      engine_(engine),
      scratch_(std::make_unique<Scratch>()),
      other_(std::make_unique<Scratch>()) {}

void Mutator::load(std::string_view text) {
  input_.assign(text.begin(), text.end());
  index_.scan(this->text());
  batch_ = find_batch(index_);
  focus_ = {};
}

/// Lets a payload of the vocabulary take the place of an input of `size` bytes. False if it does not fit: close to the
/// limit only what is shorter than the input may come.
bool Mutator::recall(std::size_t size, std::size_t limit, Random& random) {
  const std::string_view payload = vocabulary_.payload(random);
  if (payload.empty() || payload.size() > (is_tight(size, limit) ? size : limit)) return false;
  load(payload);
  return true;
}

/// Whether there is little in the input that is worth a change. What has no batch is, most of the time.
bool Mutator::is_poor(Random& random) const {
  if (index_.nodes().size() < 2) return true;
  const bool has_batch = batch_ != Workbench::kNoBatch && index_[batch_].children != 0;
  if (!vocabulary_.mostly_batches()) return !has_batch && random.one_in(2);
  return !(has_batch && index_[batch_].name == names::kValue) && !random.one_in(kLeaveBrokenOneIn);
}

/// Loads the input, mended where it is broken; or sometimes another one.
void Mutator::prepare(std::string_view text, std::size_t limit, Random& random) {
  // Where session files are fuzzed a lone payload is no input.
  const bool large = text.size() > kLarge;
  const bool again = large ? random.below(kKeepLargeOneIn * text.size()) >= kLarge : random.one_in(kRecallOneIn);
  if (!vocabulary_.mostly_lines() && again && recall(text.size(), limit, random)) return;
  load(text);
  const bool lines = index_[0].children > 1 && vocabulary_.mostly_lines();
  if (!lines && is_poor(random) && recall(text.size(), limit, random)) return;
  const bool stray_documents = index_[0].children > 1 && !lines;
  if ((index_.sound() && !stray_documents) || !index_.complete() || random.one_in(kLeaveBrokenOneIn)) return;
  repaired_.resize(std::max(limit, repaired_.size()));
  scratch_->reset();
  Draft draft({}, std::span(repaired_).first(limit));
  repair(index_, stray_documents, *scratch_, draft);
  if (!draft.spoilt() && !scratch_->spoilt() && draft.written() != 0) load(view(draft.bytes()));
}

Workbench Mutator::bench(Random& random, Draft& draft) {
  scratch_->reset();
  other_->reset();
  return {index_, vocabulary_, random, draft, *scratch_, *other_, engine_now_, batch_, {}};
}

bool Mutator::choose_by_place(std::uint32_t first, std::uint32_t last, Random& random, Choice& choice) {
  choice.at = picker_.pick(index_, first, last, random);
  if (choice.at == 0) return false;
  Draft none({}, {});
  const std::uint32_t traits = traits_of(bench(random, none), choice.at);
  return draw(random, choice.row, [&](const Row& row) { return follows_place(row) && fits(row, traits); });
}

bool Mutator::choose_in_batch(Random& random, Choice& choice) {
  if (batch_ == Workbench::kNoBatch || !draw(random, choice.row, is_batch_row)) return false;
  const Row& row = rows()[choice.row];
  const std::uint32_t count = index_[batch_].children;
  if ((row.all & is_batch) != 0) {
    choice.at = batch_;
  } else if (count == 0) {
    return false;
  } else {
    choice.at = index_.child(batch_, random.below(count));
  }
  Draft none({}, {});
  return fits(row, traits_of(bench(random, none), choice.at));
}

bool Mutator::choose_damage(Random& random, Choice& choice) {
  if (!draw(random, choice.row, is_damage)) return false;
  const auto count = static_cast<std::uint32_t>(index_.nodes().size());
  const bool document = (rows()[choice.row].all & is_document) != 0;
  choice.at = document ? 0 : picker_.pick(index_, 1, count, random);
  Draft none({}, {});
  return fits(rows()[choice.row], traits_of(bench(random, none), choice.at));
}

/// With `unbroken`, nothing that may end in broken JSON.
bool Mutator::choose(Random& random, bool unbroken, Choice& choice) {
  constexpr std::uint32_t kBroken = kRaw + kDamage;
  // Bytes are the engine's affair: where it may not be called, other mutations have more to give.
  const std::uint32_t least = unbroken ? kBroken : engine_now_ == engine_ ? 0 : kRaw;
  const std::uint32_t share = least + random.below(100 - least);
  if (share < kRaw) {
    choice = {static_cast<std::size_t>(Mutation::raw_bytes), 0};
    return true;
  }
  if (share < kBroken) return choose_damage(random, choice);
  if (share < kBroken + kPlacement) {
    choice.at = 0;
    return draw(random, choice.row, is_placement);
  }
  if (share < kBroken + kPlacement + kBatch && choose_in_batch(random, choice)) return true;
  return choose_by_place(1, static_cast<std::uint32_t>(index_.nodes().size()), random, choice);
}

/// Writes the input with the choice applied. 0 if it does not apply, changes nothing, or does not fit.
std::size_t Mutator::try_choice(std::span<std::uint8_t> out, Random& random, const Choice& choice) {
  const Row& row = rows()[choice.row];
  const bool tight = is_tight(input_.size(), out.size());
  if (tight && row.grows) return 0;
  Draft draft(text(), out);
  Workbench work = bench(random, draft);
  if (!row.apply(work, choice.at) || draft.spoilt() || scratch_->spoilt() || other_->spoilt()) return 0;
  const std::size_t size = draft.written();
  if (tight && size > input_.size()) return 0;
  if (size == input_.size() && std::memcmp(out.data(), input_.data(), size) == 0) return 0;
  focus_ = work.focus;
  return size;
}

/// A change that always succeeds: something is dropped, or bytes are changed.
std::size_t Mutator::fall_back(std::span<std::uint8_t> out, Random& random) {
  const auto count = static_cast<std::uint32_t>(index_.nodes().size());
  if (count > 2) {
    const Choice drop{static_cast<std::size_t>(Mutation::drop_value), 2 + random.below(count - 2)};
    if (const std::size_t size = try_choice(out, random, drop); size != 0) return size;
  }
  const std::size_t size = std::min(input_.size(), out.size());
  std::copy_n(input_.begin(), size, out.begin());
  return edit_bytes(random, out.data(), size, size == 0 ? out.size() : size);
}

/// One change to the input, written to `out`. If it is the second one, to what the change before it has put there, if
/// that is known, and not such that nobody would see the first one any more.
std::size_t Mutator::edit(std::span<std::uint8_t> out, Random& random, bool second) {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  if (second && focus_.begin < focus_.end) {
    const auto nodes = index_.nodes();
    const auto place_of = [&](std::size_t byte) {
      return static_cast<std::uint32_t>(
          std::partition_point(nodes.begin() + 1, nodes.end(), [&](const Node& node) { return node.begin < byte; }) -
          nodes.begin());
    };
    first = place_of(focus_.begin);
    last = place_of(focus_.end);
  }
  Choice choice;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    const bool chosen = first < last ? choose_by_place(first, last, random, choice) : choose(random, second, choice);
    const std::size_t size = chosen ? try_choice(out, random, choice) : 0;
    if (size != 0) return size;
  }
  return fall_back(out, random);
}

/// What was written becomes the input of one more change, where it means most if that is known.
std::size_t Mutator::follow_up(std::span<std::uint8_t> out, std::size_t size, Random& random) {
  const Range focus = focus_;
  load(view(out.first(size)));
  focus_ = focus;
  return edit(out, random, true);
}

/// One change, and sometimes one that belongs to it, or another one.
std::size_t Mutator::edit_all(std::span<std::uint8_t> out, Random& random) {
  std::size_t size = edit(out, random, false);
  const bool focused = focus_.begin < focus_.end;
  if (random.one_in(focused ? 2 : 4)) size = follow_up(out, size, random);
  return size;
}

std::size_t Mutator::mutate(std::span<std::uint8_t> buffer, std::size_t size, std::uint32_t seed) {
  if (buffer.empty()) return 0;
  Random random(seed);
  engine_now_ = engine_;
  prepare(view(buffer.first(std::min(size, buffer.size()))), buffer.size(), random);
  return edit_all(buffer, random);
}

std::size_t Mutator::apply(std::span<std::uint8_t> buffer, std::size_t size, std::uint32_t seed, Mutation which) {
  if (buffer.empty() || size > buffer.size()) return 0;
  Random random(seed);
  engine_now_ = engine_;
  load(view(buffer.first(size)));
  Draft none({}, {});
  const Workbench work = bench(random, none);
  const Row& row = rows()[static_cast<std::size_t>(which)];
  Choice choice{static_cast<std::size_t>(which), 0};
  std::uint32_t seen = 0;
  for (std::uint32_t at = 0; at < index_.nodes().size(); ++at) {
    if (fits(row, traits_of(work, at)) && random.one_in(++seen)) choice.at = at;
  }
  if (seen == 0) return 0;
  Draft draft(text(), buffer);
  Workbench applied = bench(random, draft);
  const bool done = row.apply(applied, choice.at) && !draft.spoilt() && !scratch_->spoilt() && !other_->spoilt();
  return done ? draft.written() : 0;
}

std::size_t Mutator::cross_over(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b,
                                std::span<std::uint8_t> out, std::uint32_t seed) {
  if (out.empty()) return 0;
  Random random(seed);
  engine_now_ = nullptr;
  prepare(view(a.first(std::min(a.size(), out.size()))), out.size(), random);
  const bool tight = is_tight(input_.size(), out.size());
  if (tight || random.one_in(2)) return edit_all(out, random);
  donor_.scan(view(b));
  Draft draft(text(), out);
  Workbench work = bench(random, draft);
  const bool crossed = cross(work, donor_, picker_) && !draft.spoilt() && !scratch_->spoilt();
  if (!crossed) return edit_all(out, random);
  focus_ = work.focus;
  return random.one_in(kFollowCrossOneIn) ? follow_up(out, draft.written(), random) : draft.written();
}

}  // namespace fuzz
