// What Graph's promises need to know of a message's body.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/exchange.h"
#include "corpus/notice.h"

namespace corpus {

/// An operation as an answer shows it. Owns what it holds.
struct AnsweredOperation {
  std::string id;  ///< canonical; empty if neither body nor Location has one
  OperationStatus status = OperationStatus::unknown;
  bool pending = false;  ///< null, not started or running: its outcome comes by notification
};

/// Reads bodies. Reuses its memory; what it returns is the caller's.
class MessageReader {
 public:
  MessageReader();
  ~MessageReader();
  MessageReader(MessageReader&&) noexcept;
  MessageReader& operator=(MessageReader&&) noexcept;

  /// The notices of a delivery; none if it is something else. `unreadable` says why, if it is meant to be one of
  /// Graph's deliveries and cannot be read.
  std::vector<Notice> notices(const Request& delivery, std::string& unreadable);

  /// The operation that an answer shows; nothing if it shows none.
  std::optional<AnsweredOperation> operation(const Response& answer);

  /// The id of the call that an answer to asking for a call shows, canonical; empty if it shows none.
  std::string created_call(const Response& answer);

  /// The clientContext of a request, canonical; empty if it has none.
  std::string context(const Request& request);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The first value of a header, whatever the case of its name; empty without it.
std::string_view header_of(const Headers& headers, std::string_view lower_name);

}  // namespace corpus
