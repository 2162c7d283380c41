// Which Rollcall this is.
#pragma once

namespace harness {

/// The project's version, "0.1.0": what `rollcall --version` and the origin of every session say.
inline constexpr const char* kVersion = ROLLCALL_VERSION;

}  // namespace harness
