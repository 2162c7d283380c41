// What can go wrong outside the program, as values.
#pragma once

#include <expected>
#include <string>
#include <utility>

namespace corpus {

/// The kinds of trouble that a caller may want to tell apart.
enum class Error {
  unreadable,   ///< a file cannot be opened, read or written; `what` carries the system's reason
  not_session,  ///< the file is no session: its first line is not a session header
  version,      ///< a session of a later format than this reader knows
  damaged,      ///< a line that is not what the format says; the lines before it are good
  invalid,      ///< a value given by the caller or the user that cannot be what it should be
};

/// One trouble: its kind, where it is ("file", "file:line" or an option), and a reason for a person.
/// Owned by whoever receives it; holds copies only.
struct Fault {
  Error error;
  std::string where;
  std::string what;

  bool operator==(const Fault&) const = default;
};

/// "where: what", the line that a user sees.
inline std::string to_string(const Fault& fault) {
  return fault.where.empty() ? fault.what : fault.where + ": " + fault.what;
}

/// A value, or the fault that came instead.
template <typename T>
using Result = std::expected<T, Fault>;

/// The fault Error::invalid, as a Result.
inline std::unexpected<Fault> invalid(std::string where, std::string what) {
  return std::unexpected(Fault{Error::invalid, std::move(where), std::move(what)});
}

}  // namespace corpus
