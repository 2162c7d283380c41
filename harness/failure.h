// Why there was no answer, in the words of a session file.
#pragma once

#include <string_view>

namespace harness {

/// The words for what came instead of an answer, as they stand in a session file (corpus/FORMAT.md).
namespace failure {
inline constexpr std::string_view kRefused = "refused";
inline constexpr std::string_view kUnreachable = "unreachable";
inline constexpr std::string_view kUnresolved = "unresolved";
inline constexpr std::string_view kTls = "tls";
inline constexpr std::string_view kReset = "reset";
inline constexpr std::string_view kClosed = "closed";
inline constexpr std::string_view kTimeout = "timeout";
inline constexpr std::string_view kBadAnswer = "bad answer";
inline constexpr std::string_view kTooLarge = "too large";
inline constexpr std::string_view kCallerClosed = "caller closed";
inline constexpr std::string_view kCutOff = "cut off";
}  // namespace failure

}  // namespace harness
