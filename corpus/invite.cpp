#include "corpus/invite.h"

#include "corpus/operation_reader.h"
#include "corpus/payload_writer.h"

namespace corpus {

InviteParser::InviteParser(ParseLimits limits) : memory_(std::make_unique<PayloadMemory>(limits)) {}
InviteParser::~InviteParser() = default;
InviteParser::InviteParser(InviteParser&&) noexcept = default;
InviteParser& InviteParser::operator=(InviteParser&&) noexcept = default;

Parsed<InviteRequest> InviteParser::parse_request(std::string_view body) {
  const auto root = memory_->load(body);
  if (!root) return std::unexpected(root.error());
  PayloadReader reader(*memory_);
  InviteRequest request;
  const bool read =
      root->is_object() ? reader.object(*root, request, nullptr) : reader.refuse_type("object", *root, nullptr);
  if (!read || (!request.participants.present() && !reader.refuse("expected participants, found none", nullptr))) {
    return std::unexpected(reader.error());
  }
  return request;
}

Parsed<OperationAnswer> InviteParser::parse_answer(std::string_view body) {
  return read_operation_answer(*memory_, body);
}

const Warnings& InviteParser::warnings() const {
  return memory_->warnings();
}

std::string write(const InviteRequest& request) {
  std::string out;
  PayloadWriter(out).object(request);
  return out;
}

}  // namespace corpus
