// A handler's mistake of the usual kind, as a predicate: the fuzzer has to find an input that it is true of.
#pragma once

#include <string_view>

namespace fuzz {

/// True of a well-formed batch in which a call is deleted and then, in a later notification, updated: what a handler
/// that keeps a reference to an erased call does not survive. Not true of any sample.
bool uses_call_after_its_end(std::string_view payload);

}  // namespace fuzz
