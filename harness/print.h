// What a command says: results to standard output, everything else to standard error. Neither ever throws.
#pragma once

#include <fmt/format.h>

#include <string_view>
#include <system_error>
#include <utility>

namespace harness {

/// Writes to standard output. An error shows in flush_results().
void write_result(std::string_view text);
/// Writes to standard error. What cannot be written is lost: there is nobody left to tell.
void write_note(std::string_view text);

/// Hands all results to the system; says why one could not be written, now or earlier.
std::error_code flush_results();

/// write_result and write_note with formatting.
template <typename... T>
void print(fmt::format_string<T...> format, T&&... values) {
  write_result(fmt::format(format, std::forward<T>(values)...));
}
template <typename... T>
void say(fmt::format_string<T...> format, T&&... values) {
  write_note(fmt::format(format, std::forward<T>(values)...));
}

}  // namespace harness
