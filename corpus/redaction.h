// Secrets, and people where that is asked for, are taken out of messages: before anything is written, or out of what
// was.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "corpus/exchange.h"

namespace corpus {

/// Replaces secrets in messages: credentials in headers, in the query, in form and JSON members, JWTs wherever they
/// stand, and any value that was once seen as a secret wherever it stands again. What they are replaced by keeps their
/// form: corpus/stand_in.h.
///
/// One redactor serves one session, or all that are to have the same stand-ins.
class Redactor {
 public:
  using Key = std::array<std::byte, 32>;

  /// What is replaced, and how much is remembered.
  enum class Scope {
    recording,  ///< secrets; of those seen, the latest ones are remembered, so that memory is bounded
    secrets,    ///< secrets; all are remembered
    people,     ///< and names, ids and addresses of people: corpus/people_store.h; all are remembered
  };

  /// `key`: fresh random bytes for each session, unless two are to have the same stand-ins. It is never written.
  explicit Redactor(const Key& key, Scope scope = Scope::recording);
  ~Redactor();
  Redactor(Redactor&&) noexcept;
  Redactor& operator=(Redactor&&) noexcept;

  /// Replaces every secret in the message, in place. Bytes that hold no secret stay exactly as they are.
  void redact(Request& request);
  void redact(Response& response);
  /// The same for a text that is no message: the members of a line that this version does not know, say.
  void redact(std::string& text);

  /// While learning, what is to be replaced is remembered, and nothing is replaced: so that a whole session can be
  /// looked through first.
  void learn_only(bool learning);
  /// If it grows, texts that were looked through before may hold more than was found.
  std::uint64_t learned() const;

  /// The stand-in of a value under this session's key.
  std::string stand_in(std::string_view secret) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace corpus
