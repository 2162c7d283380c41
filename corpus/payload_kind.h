// What a resource is, from its type or, where none was sent, from its members.
//
// For sources only.
#pragma once

#include <string_view>

#include "corpus/json_tape.h"
#include "corpus/notification.h"

namespace corpus {

/// What a resource is, and the type that says so, if one was sent.
struct Declared {
  ResourceKind kind = ResourceKind::unknown;
  Text type;
};

/// The kind that a type names: with or without '#' and "microsoft.graph.", in any casing. Whatever ends in "Operation"
/// is an operation, also one that is new.
ResourceKind kind_of_type(std::string_view type);

/// The kind that the members speak for. Only members that are not null count, and of those that stand twice the first.
ResourceKind kind_of_content(JsonValue members);

/// The kind of an empty array, which has neither: by the last segment of the path, the one case in which the path
/// decides.
ResourceKind kind_of_path(std::string_view path);

}  // namespace corpus
