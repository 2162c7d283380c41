#include "fuzz/session_mutator.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "fuzz/session_ids.h"
#include "fuzz/session_mutations/session_mutations.h"
#include "fuzz/vocabulary.h"

namespace fuzz {
namespace {

// Tries to find a mutation that has a place; then all that are allowed are tried in turn.
constexpr int kMutationTries = 16;

// Drafts of all recordings, and the same with ids that no recording has. Fixed: ids of a woven session only have to
// differ from those that it is woven with.
std::vector<SessionDraft> drafts_of(std::vector<SeedSession> seeds) {
  std::vector<SessionDraft> drafts;
  for (SeedSession& seed : seeds) drafts.emplace_back(std::move(seed.session), seed.causes);
  return drafts;
}

std::vector<SessionDraft> with_other_ids(const std::vector<SessionDraft>& drafts) {
  Random random(0x5e551045);
  std::vector<SessionDraft> others = drafts;
  for (SessionDraft& other : others) change_ids(other, fresh_ids(other, random));
  return others;
}

Vocabulary vocabulary_of(const std::vector<SessionDraft>& drafts) {
  Vocabulary vocabulary;
  for (const SessionDraft& draft : drafts) {
    for (std::size_t at = 0; at < draft.size(); ++at) {
      if (draft[at].notification) vocabulary.learn(draft[at].exchange.request.body);
    }
  }
  vocabulary.freeze();
  return vocabulary;
}

}  // namespace

struct SessionMutator::State {
  State(std::vector<SeedSession> seeds, SessionMutatorOptions allowed)
      : options(std::move(allowed)),
        drafts(drafts_of(std::move(seeds))),
        others(with_other_ids(drafts)),
        vocabulary(vocabulary_of(drafts)),
        payloads(vocabulary) {
    assert(!drafts.empty());
    for (const SessionMutationRow& row : session_mutation_rows()) {
      if (allows(row.info)) rows[static_cast<std::size_t>(row.info.group)].push_back(&row);
    }
  }

  bool allows(const SessionMutationInfo& info) const {
    if (!options.only.empty() && std::ranges::find(options.only, info.group) == options.only.end()) return false;
    if (options.legal_only && !info.legal) return false;
    return options.forbidden_orders || !info.on_request;
  }

  // A group by its weight, then a row of it by its own; null if nothing is allowed.
  const SessionMutationRow* draw(Random& random) const {
    std::uint32_t total = 0;
    std::size_t group = 0;
    for (std::size_t at = 0; at < rows.size(); ++at) {
      const std::uint32_t weight = rows[at].empty() ? 0 : options.weights[at];
      total += weight;
      if (weight != 0 && random.below(total) < weight) group = at;
    }
    if (total == 0) return nullptr;
    const SessionMutationRow* row = nullptr;
    total = 0;
    for (const SessionMutationRow* candidate : rows[group]) {
      total += candidate->info.weight;
      if (random.below(total) < candidate->info.weight) row = candidate;
    }
    return row;
  }

  bool apply(const SessionMutationRow& row, SessionDraft& draft, Random& random, MutatedSession& made) {
    SessionBench bench{draft, random, payloads, index, others, options.longest_stall, {}};
    if (!row.apply(bench)) return false;
    made.applied.push_back({row.info.group, std::string(row.info.name), std::move(bench.what), row.info.legal});
    made.legal = made.legal && row.info.legal;
    return true;
  }

  bool apply_any(SessionDraft& draft, Random& random, MutatedSession& made) {
    for (int attempt = 0; attempt < kMutationTries; ++attempt) {
      const SessionMutationRow* const row = draw(random);
      if (row == nullptr) return false;
      if (apply(*row, draft, random, made)) return true;
    }
    for (std::size_t group = 0; group < rows.size(); ++group) {
      if (options.weights[group] == 0) continue;
      for (const SessionMutationRow* row : rows[group]) {
        if (apply(*row, draft, random, made)) return true;
      }
    }
    return false;
  }

  SessionMutatorOptions options;
  std::vector<SessionDraft> drafts;
  std::vector<SessionDraft> others;
  Vocabulary vocabulary;
  Mutator payloads;
  JsonIndex index;
  std::array<std::vector<const SessionMutationRow*>, kSessionGroups> rows;
};

SessionMutator::SessionMutator(std::vector<SeedSession> seeds, SessionMutatorOptions options)
    : state_(std::make_unique<State>(std::move(seeds), std::move(options))) {}
SessionMutator::~SessionMutator() = default;
SessionMutator::SessionMutator(SessionMutator&&) noexcept = default;
SessionMutator& SessionMutator::operator=(SessionMutator&&) noexcept = default;

MutatedSession SessionMutator::mutate(std::uint64_t seed) {
  Random random(seed);
  MutatedSession made;
  made.seed_session = random.below(state_->drafts.size());
  SessionDraft draft = state_->drafts[made.seed_session];
  // Mostly one: the fewer changes, the plainer what broke the bot. Some faults need two or three.
  std::size_t count = 1;
  while (count < state_->options.most && random.one_in(count == 1 ? 3 : 2)) ++count;
  for (std::size_t done = 0; done < count; ++done) {
    if (!state_->apply_any(draft, random, made)) break;
  }
  made.session = draft.finish();
  return made;
}

std::optional<MutatedSession> SessionMutator::apply(std::string_view name, std::size_t which, std::uint64_t seed) {
  const auto rows = session_mutation_rows();
  const auto row = std::ranges::find(rows, name, [](const SessionMutationRow& known) { return known.info.name; });
  if (row == rows.end() || which >= state_->drafts.size()) return std::nullopt;
  Random random(seed);
  MutatedSession made;
  made.seed_session = which;
  SessionDraft draft = state_->drafts[which];
  if (!state_->apply(*row, draft, random, made)) return std::nullopt;
  made.session = draft.finish();
  return made;
}

}  // namespace fuzz
