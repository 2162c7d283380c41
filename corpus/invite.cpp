#include "corpus/invite.h"

#include <utility>

#include "corpus/operation_reader.h"
#include "corpus/payload_writer.h"
#include "corpus/straight_reader.h"

namespace corpus {

InviteParser::InviteParser(ParseLimits limits) : memory_(std::make_unique<PayloadMemory>(limits)) {}
InviteParser::~InviteParser() = default;
InviteParser::InviteParser(InviteParser&&) noexcept = default;
InviteParser& InviteParser::operator=(InviteParser&&) noexcept = default;

Parsed<InviteRequest> InviteParser::parse_request(std::string_view body) {
  if (auto refused = memory_->take(body)) return std::unexpected(std::move(*refused));
  InviteRequest request;
  if (StraightReader(*memory_).body(request) && request.participants.present()) return request;
  const auto root = memory_->document();
  if (!root) return std::unexpected(root.error());
  PayloadReader reader(*memory_);
  request = {};
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
