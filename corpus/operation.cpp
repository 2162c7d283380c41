#include "corpus/operation.h"

#include <optional>
#include <utility>

#include "corpus/operation_reader.h"
#include "corpus/payload_writer.h"
#include "corpus/straight_reader.h"

namespace corpus {

OperationParser::OperationParser(ParseLimits limits) : memory_(std::make_unique<PayloadMemory>(limits)) {}
OperationParser::~OperationParser() = default;
OperationParser::OperationParser(OperationParser&&) noexcept = default;
OperationParser& OperationParser::operator=(OperationParser&&) noexcept = default;

Parsed<OperationAnswer> OperationParser::parse(std::string_view body) {
  return read_operation_answer(*memory_, body);
}

const Warnings& OperationParser::warnings() const {
  return memory_->warnings();
}

namespace {

/// The answer, if it is nothing but usual.
std::optional<OperationAnswer> straight_answer(PayloadMemory& memory) {
  StraightReader reader(memory);
  ErrorBody error;
  if (!reader.body(error)) return std::nullopt;
  if (error.error) return *error.error;
  Operation operation;
  if (!reader.body(operation) || !operation.odata_type) return std::nullopt;
  if (kind_of_type(*operation.odata_type) != ResourceKind::operation) return std::nullopt;
  return operation;
}

}  // namespace

Parsed<OperationAnswer> read_operation_answer(PayloadMemory& memory, std::string_view body) {
  if (auto refused = memory.take(body)) return std::unexpected(std::move(*refused));
  if (const auto answer = straight_answer(memory)) return *answer;
  const auto root = memory.document();
  if (!root) return std::unexpected(root.error());
  PayloadReader reader(memory);
  ErrorBody error;
  if (!root->is_object()) {
    reader.refuse_type("object", *root, nullptr);
    return std::unexpected(reader.error());
  }
  if (!reader.object(*root, error, nullptr)) return std::unexpected(reader.error());
  if (error.error) return OperationAnswer(*error.error);
  Operation operation;
  if (!reader.expect_operation(*root) || !reader.object(*root, operation, nullptr)) {
    return std::unexpected(reader.error());
  }
  return OperationAnswer(operation);
}

std::string write(const OperationAnswer& answer) {
  std::string out;
  PayloadWriter writer(out);
  if (const auto* operation = std::get_if<Operation>(&answer)) {
    writer.object(*operation);
  } else {
    writer.object(ErrorBody{Ref(&std::get<GraphError>(answer))});
  }
  return out;
}

}  // namespace corpus
