// Reads an answer with an operation or an error in it, for the parsers of operations and of invitations.
//
// For sources only.
#pragma once

#include <string_view>

#include "corpus/operation.h"
#include "corpus/payload_reader.h"

namespace corpus {

/// {"error":{…}}
struct ErrorBody {
  Ref<GraphError> error;
};

template <>
struct Fields<ErrorBody> {
  static constexpr std::tuple kList{Field{"error", &ErrorBody::error}};
};

/// The answer, read into that memory.
Parsed<OperationAnswer> read_operation_answer(PayloadMemory& memory, std::string_view body);

}  // namespace corpus
