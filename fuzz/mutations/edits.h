// What nearly every mutation does: exchange, add and remove values with the commas around them.
#pragma once

#include <cstdint>
#include <string_view>

#include "fuzz/workbench.h"

namespace fuzz {

/// The first byte of what belongs to the value: its key's opening quote, or its own first byte.
std::size_t start_of(const Node& node);

/// The bytes of the value with its key.
std::string_view whole(const Workbench& bench, std::uint32_t at);

/// The value before `at` in the same container; 0 if it is the first.
std::uint32_t previous_of(const Workbench& bench, std::uint32_t at);

/// One of the values in the same container other than `at`; 0 if there is none.
std::uint32_t sibling_of(const Workbench& bench, std::uint32_t at);

/// What stands between two values of the container at `container`: a comma, or a line's end between documents.
char separator_in(std::uint32_t container);

/// Writes the input with `bytes` in place of the value, and ends the draft. True, for the mutation to return.
bool set_value(Workbench& bench, std::uint32_t at, std::string_view bytes);

/// Writes the input with `text` in quotes, escaped, in place of the value. True.
bool set_text(Workbench& bench, std::uint32_t at, std::string_view text);

/// Writes the input up to behind the value (with its key) at `at`, a separator, and `bytes`; sets the focus on them.
void insert_after(Workbench& bench, std::uint32_t at, std::string_view bytes);

/// The same before the value.
void insert_before(Workbench& bench, std::uint32_t at, std::string_view bytes);

/// Adds one more value (with its key, in objects) to the container, at its begin or its end; sets the focus on it.
void insert_into(Workbench& bench, std::uint32_t container, bool at_end, std::string_view bytes);

/// Writes the input without the value and its comma.
void remove(Workbench& bench, std::uint32_t at);

/// What the string at `at` says, in bench.scratch, which is cleared before.
std::string_view text_of(Workbench& bench, std::uint32_t at);

/// A value of the index other than `at`, with the same name if there is one; 0 if there is none at all.
std::uint32_t another_named(Workbench& bench, std::uint32_t at);

/// One of the sizes at which arrays and batches tend to break, small ones as likely as large ones.
std::uint32_t count_to_repeat(Random& random);

}  // namespace fuzz
