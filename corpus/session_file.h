// Session files: the writer and the reader, together, so that they change together.
//
// The format, with grammar, example and reasons, is on the page corpus/FORMAT.md.
#pragma once

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "corpus/error.h"
#include "corpus/exchange.h"

namespace corpus {

class LineWriter;

/// What every session file of this version has in the member "rollcall" of its first line.
inline constexpr int kFormatVersion = 1;

/// What every session file's name ends in.
inline constexpr std::string_view kSessionSuffix = ".session.jsonl";

/// Writes a session file by appending whole lines, so that a crash costs at most the line being written.
///
/// Lines collect in memory until flush(): what has been flushed survives the death of the process. Not for use by two
/// threads at once. Redaction is the caller's business: what is passed in is what reaches the disk.
class SessionWriter {
 public:
  /// Creates the file and writes its first line. An existing file is left alone: Error::unreadable says so.
  static Result<SessionWriter> create(const std::filesystem::path& path, const SessionInfo& info);

  SessionWriter(SessionWriter&&) noexcept;
  SessionWriter& operator=(SessionWriter&&) noexcept;
  ~SessionWriter();

  /// The line of a request: number, leg, sent, due, after, request and the unknown members of both. The number and the
  /// times must not be negative.
  void request(const Exchange& exchange);
  /// The line of an outcome, for an exchange whose outcome is known; nothing for one without.
  void outcome(const Exchange& exchange);
  /// Hands everything to the system in one write. A fault (disk full, …) stays: later calls return it again.
  Result<void> flush();
  /// Writes the end line, with the number of messages written, and closes the file; nothing may be written afterwards.
  Result<void> finish(Micros time);
  /// The same with an end line that is given: that of a session which is copied.
  Result<void> finish(const SessionEnd& end);

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  SessionWriter(std::unique_ptr<std::FILE, Close> file, std::string path);

  std::unique_ptr<std::FILE, Close> file_;
  std::string path_;
  std::unique_ptr<LineWriter> lines_;
  std::string pending_;
  std::int64_t messages_ = 0;
  Result<void> state_;
};

/// Reads a session file. A fault only if nothing can be had of it (no such file, no session header, later version);
/// damage further on stands in Session::damage, with every good line kept.
Result<Session> read_session(const std::filesystem::path& path);

/// The same from memory; `path` is only for messages. `bytes` need not outlive the call.
Result<Session> parse_session(std::string_view bytes, std::string path);

/// Writes a whole session in order of time: what read_session gives back is equal, up to line numbers and damage. The
/// end line, if there is one, is written as it stands in the session. An existing file is left alone, as by
/// SessionWriter.
Result<void> write_session(const std::filesystem::path& path, const Session& session);

/// How many messages (requests, answers, failures) the session holds: what its end line should say.
std::int64_t message_count(const Session& session);

}  // namespace corpus
