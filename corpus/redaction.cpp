#include "corpus/redaction.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "corpus/ascii.h"
#include "corpus/clean_fields.h"
#include "corpus/content_coding.h"
#include "corpus/ids.h"
#include "corpus/manner.h"
#include "corpus/people_store.h"
#include "corpus/replaced_fields.h"
#include "corpus/secret_finder.h"
#include "corpus/secret_names.h"
#include "corpus/secret_store.h"
#include "corpus/stand_in.h"

namespace corpus {
namespace {

/// Where everything is remembered: more than any session has.
constexpr KnownValues::Limits kAll{std::size_t{1} << 24, std::size_t{1} << 32};

/// Whether it is part of a longer word. With its stand-in, that word may look like a secret although it did not before:
/// letters and dashes behind "Bearer" are no token, with digits among them they are.
bool is_within_word(const Stretch& at, std::string_view text) {
  const bool before = at.begin > 0 && is_inert(text.substr(at.begin - 1, 1));
  return before || (at.end < text.size() && is_inert(text.substr(at.end, 1)));
}

/// Whether what is left of the text reads as before once this is replaced.
bool leaves_inert(const Secret& secret, std::string_view text) {
  const std::string_view raw = text.substr(secret.at.begin, secret.at.end - secret.at.begin);
  // Spaces and letters of other alphabets in the name of a person part nothing either; these may.
  const bool name = secret.clue == Clue::person_name || secret.clue == Clue::known_person;
  if (!name && is_within_word(secret.at, text)) return false;
  if (secret.inert || (name && raw.find_first_of("\"\\:@%") == raw.npos)) return true;
  return is_inert(secret.stand_in) && is_inert(raw);
}

/// Whether the value of a header usually is one secret, with or without a scheme.
bool may_hold_one_secret(std::string_view header) {
  const HeaderSecret kind = secret_in_header(header);
  return kind == HeaderSecret::value || kind == HeaderSecret::credentials;
}

/// Whether a text in base64 stands in for another one: what it said has gone, and all of it may be somebody's id.
bool is_respelled(std::string_view stand_in) {
  // Most stand-ins are GUIDs, and what costs most comes last.
  return !is_guid(stand_in) && stand_in.find_first_of(".:") == stand_in.npos && !is_person_stand_in(stand_in) &&
         !is_stand_in(stand_in);
}

}  // namespace

/// How often a message is looked through at most. Two or three times are enough for anything but made-up nonsense.
constexpr int kMostRounds = 8;

/// What a redactor knows, and room for its work.
struct Redactor::State {
  SecretStore store;
  std::optional<PeopleStore> people;
  bool learning = false;
  std::vector<Secret> found;
  CleanFields clean;
  ReplacedFields replaced;

  State(const Key& key, Scope scope) : store(key, scope == Scope::recording ? KnownValues::Limits{} : kAll) {
    if (scope == Scope::people) people.emplace(key, kAll);
  }

  std::uint64_t learned() const { return store.learned() + (people ? people->learned() : 0); }

  SecretFinder::Sought sought() { return {store, people ? &*people : nullptr, learning}; }

  /// Redacts one text, which `look` tells a finder how to take; again as long as something is found that gives reason
  /// to look again: a broken text may read differently once a quote or a separator has gone with a secret.
  /// Whether nothing at all was found.
  template <typename Look>
  bool redact(std::string& text, Look look) {
    const SecretFinder::Sought what = sought();
    for (int round = 0; round < kMostRounds && !text.empty(); ++round) {
      found.clear();
      const std::uint64_t before = learned();
      SecretFinder finder(what, text, found);
      look(finder);
      if (found.empty() || learning) return round == 0 && found.empty();
      const bool inert = std::ranges::all_of(
          found, [&](const Secret& one) { return leaves_inert(one, text) && !(people && is_respelled(one.stand_in)); });
      put_stand_ins(text, found);
      if (inert && before == learned()) return false;
    }
    return false;
  }

  void redact_headers(Headers& headers) {
    for (Header& header : headers) {
      // What is found while learning does not depend on what is known.
      const std::uint64_t knowing = learning ? 0 : learned() + 1;
      if (header.value.empty() || clean.hold(header, knowing)) continue;
      if (const ReplacedFields::Slot* before = learning ? nullptr : replaced.find(header, knowing)) {
        store.see(before->secret);
        header.value = before->replaced;
        continue;
      }
      redact_header(header, knowing);
    }
  }

  void redact_header(Header& header, std::uint64_t knowing) {
    const bool is_kept = !learning && may_hold_one_secret(header.name) && ReplacedFields::takes(header);
    Header original = is_kept ? header : Header{};
    const std::uint64_t seen = store.seen();
    const bool is_clean =
        redact(header.value, [&header](SecretFinder& finder) { finder.look_into_header(header.name); });
    if (!learning && knowing != learned() + 1) return;
    if (is_clean) return clean.add(header, knowing);
    if (is_kept && store.seen() == seen + 1) replaced.add({std::move(original), knowing, header.value, store.latest()});
  }

  void redact_content(std::string& content, const Headers& headers) {
    redact(content, [&headers](SecretFinder& finder) { finder.look_into_body(headers); });
  }

  /// A body under a coding stays exactly as it is, unless there is a secret under it: then the coding goes with it.
  template <typename Message>
  void redact_body(Message& message) {
    const auto content = decoded_body(message.headers, message.body);
    if (!content) {
      redact_content(message.body, message.headers);
      return;
    }
    std::string redacted = *content;
    redact_content(redacted, message.headers);
    if (redacted != *content) replace_body(message, std::move(redacted));
  }

  void redact_parts(Request& request) {
    redact(request.target, [](SecretFinder& finder) { finder.look_into_target(); });
    redact_headers(request.headers);
    redact_body(request);
    redact_extra(request.extra);
  }

  /// How a token is broken stands in a member of that name: a word for the player, and no secret.
  void redact_extra(std::string& extra) {
    if (extra.empty()) return;
    const Manner manner = manner_of(extra).value_or(Manner{});
    if (manner.token) set_manner(extra, {manner.sending, std::nullopt});
    redact(extra, [](SecretFinder& finder) { finder.look_into_text(); });
    if (manner.token) set_manner(extra, manner);
  }

  void redact_parts(Response& response) {
    redact_headers(response.headers);
    redact_body(response);
    redact(response.extra, [](SecretFinder& finder) { finder.look_into_text(); });
  }

  /// A secret that was learned from one part may stand in a part that was looked into before.
  template <typename Message>
  void redact_message(Message& message) {
    std::uint64_t learned = 0;
    for (int round = 0; round < kMostRounds && (round == 0 || learned != this->learned()); ++round) {
      learned = this->learned();
      redact_parts(message);
    }
  }
};

Redactor::Redactor(const Key& key, Scope scope) : state_(std::make_unique<State>(key, scope)) {}
Redactor::~Redactor() = default;
Redactor::Redactor(Redactor&&) noexcept = default;
Redactor& Redactor::operator=(Redactor&&) noexcept = default;

void Redactor::redact(Request& request) {
  state_->redact_message(request);
}
void Redactor::redact(Response& response) {
  state_->redact_message(response);
}
void Redactor::redact(std::string& text) {
  state_->redact(text, [](SecretFinder& finder) { finder.look_into_text(); });
}

void Redactor::learn_only(bool learning) {
  state_->learning = learning;
}
std::uint64_t Redactor::learned() const {
  return state_->learned();
}

std::string Redactor::stand_in(std::string_view secret) const {
  return SecretFinder::stand_in(state_->sought(), secret);
}

}  // namespace corpus
