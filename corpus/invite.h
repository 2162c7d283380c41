// What a bot sends to have somebody invited, and what Graph answers.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "corpus/operation.h"
#include "corpus/parse_error.h"
#include "corpus/participant.h"
#include "corpus/payload_values.h"

namespace corpus {

/// The body of POST …/participants/invite.
struct InviteRequest {
  List<Invitee> participants;
  Text client_context;  ///< comes back in the operation; Graph takes at most 256 characters

  bool operator==(const InviteRequest&) const = default;
};

/// Parses invitations and the answers to them. Owns memory that it uses again and again.
class InviteParser {
 public:
  explicit InviteParser(ParseLimits limits = {});
  ~InviteParser();
  InviteParser(InviteParser&&) noexcept;
  InviteParser& operator=(InviteParser&&) noexcept;

  /// The invitation; `participants` has to be there. Views live until the next call or the parser's end.
  Parsed<InviteRequest> parse_request(std::string_view body);

  /// Graph's answer: an inviteParticipantsOperation, or an error. Views live until the next call or the parser's end.
  Parsed<OperationAnswer> parse_answer(std::string_view body);

  /// What was odd about the body last parsed; lives as long as its views.
  const Warnings& warnings() const;

 private:
  std::unique_ptr<PayloadMemory> memory_;
};

/// The invitation as compact JSON; parsing it gives an equal value.
std::string write(const InviteRequest& request);

}  // namespace corpus
