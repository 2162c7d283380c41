// Makes JSON of what is nearly JSON.
#pragma once

#include <string>

#include "fuzz/draft.h"
#include "fuzz/json_index.h"
#include "fuzz/scratch.h"

namespace fuzz {

/// Writes the values of the index as JSON: commas and brackets where they belong, strings escaped, comments and stray
/// bytes left out (null where a member needs a value), in the order and mostly in the spelling of the text. With
/// `first_only` the first top-level value alone, else each on its own line. White space between tokens is not kept.
/// `scratch` is used.
void repair(const JsonIndex& index, bool first_only, Scratch& scratch, Draft& out);

/// The same into a string, for those who may take memory. Empty if the index holds no value.
std::string repair(const JsonIndex& index);

}  // namespace fuzz
