// Makes new sessions of recorded ones: for whoever breaks a live bot with them.
//
//     fuzz::SessionMutator mutator(std::move(seeds), options);
//     const fuzz::MutatedSession made = mutator.mutate(seed);
//
// The result is an ordinary session. What it changes, and how it chooses, stands in fuzz/SESSION_MUTATIONS.md.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/exchange.h"
#include "fuzz/session_causes.h"
#include "fuzz/session_mutation.h"

namespace fuzz {

/// A recording to begin with. `causes` must have one entry for each of its exchanges.
struct SeedSession {
  corpus::Session session;
  SessionCauses causes;
};

/// What a mutator may do.
struct SessionMutatorOptions {
  std::vector<SessionGroup> only{};          ///< no other groups than these; empty: all
  GroupWeights weights = default_weights();  ///< how often each group is chosen
  bool forbidden_orders = false;             ///< also orders that the causes forbid
  bool legal_only = false;                   ///< nothing that Graph would not do
  std::size_t most = 3;                      ///< mutations of one session; at least 1
  corpus::Micros longest_stall = 500'000;    ///< pauses within a body: real time, so they cost runs. 0: none
};

/// One thing that was done to a session.
struct AppliedMutation {
  SessionGroup group = SessionGroup::order;
  std::string name;  ///< as in session_mutations()
  std::string what;  ///< what was done where: "delivery 7 in front of delivery 5"
  bool legal = false;

  bool operator==(const AppliedMutation&) const = default;
};

/// A session and how it came about. Owns all that it holds.
struct MutatedSession {
  corpus::Session session;
  std::size_t seed_session = 0;          ///< which of the recordings it was made of
  std::vector<AppliedMutation> applied;  ///< empty: nothing of what is allowed has a place in that recording
  bool legal = true;                     ///< Graph may do all of it: the bot has to send the same requests
};

/// Mutates sessions. What it makes is a function of the recordings, the options and the seed: the same bytes each time,
/// here and elsewhere, whatever was made before. Owned by whoever fuzzes; not for two threads at once.
class SessionMutator {
 public:
  /// There must be at least one recording.
  explicit SessionMutator(std::vector<SeedSession> seeds, SessionMutatorOptions options = {});
  ~SessionMutator();
  SessionMutator(SessionMutator&&) noexcept;
  SessionMutator& operator=(SessionMutator&&) noexcept;

  /// A recording of chance with one to `most` mutations of chance.
  MutatedSession mutate(std::uint64_t seed);

  /// The recording at `which` with the mutation of that name, whatever the options say; nothing if there is no such
  /// mutation, or no place for it.
  std::optional<MutatedSession> apply(std::string_view name, std::size_t which, std::uint64_t seed);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fuzz
