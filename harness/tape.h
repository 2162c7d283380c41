// The session file of a recording, while it is being recorded.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "corpus/redaction.h"
#include "corpus/session_file.h"
#include "harness/sweep.h"

namespace harness {

/// Writes exchanges down as they come about: numbers them, tells the time of the session's one clock, takes secrets
/// out, and brings lines to the file.
///
/// What one turn of the event loop yields is written together, so that many exchanges share one call to the system. A
/// request whose answer is long in coming reaches the file with the next line of another, or with the next sweep.
class Tape final : public Sweep::Visited {
 public:
  /// Creates the file. `on_fault` is called once, from the event loop, when it can no longer be written.
  static corpus::Result<std::unique_ptr<Tape>> create(boost::asio::io_context& io, const std::string& path,
                                                      const corpus::SessionInfo& info,
                                                      std::function<void(const corpus::Fault&)> on_fault);
  Tape(boost::asio::io_context& io, corpus::SessionWriter writer, std::function<void(const corpus::Fault&)> on_fault);

  /// Time since the tape was created.
  corpus::Micros now() const;

  /// Gives the exchange its number and the time at which its request came.
  void begin(corpus::Exchange& exchange);
  /// Takes the secrets out of the request and writes its line. To be called before outcome().
  void request(corpus::Exchange& exchange);
  /// Takes the secrets out of the outcome and writes its line.
  void outcome(corpus::Exchange& exchange);
  /// Done when every line so far is with the system, and so survives the death of this process. False if it could not
  /// be written, or the tape has ended.
  Task<bool> written();

  /// Writes the end line. Nothing is written afterwards: calls have no effect.
  corpus::Result<void> finish();

 private:
  void sweep(Clock::time_point now) override;
  bool flush();

  boost::asio::io_context& io_;
  corpus::SessionWriter writer_;
  corpus::Redactor redactor_;
  std::function<void(const corpus::Fault&)> on_fault_;
  Clock::time_point anchor_ = Clock::now();
  std::int64_t last_number_ = 0;
  bool pending_ = false;
  bool ended_ = false;
};

}  // namespace harness
