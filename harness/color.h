// When to print in colour.
#pragma once

#include <boost/any.hpp>
#include <functional>
#include <string>
#include <vector>

namespace harness {

/// `--color`.
enum class ColorMode { automatic, always, never };

/// The value of an environment variable; empty if it is not set.
using Variable = std::function<std::string(const char*)>;

/// What the process was started with.
std::string environment_variable(const char* name);

/// Whether a stream is to be coloured. `terminal`: it is one. With `automatic`, NO_COLOR (https://no-color.org) says
/// no, FORCE_COLOR and CLICOLOR_FORCE say yes, TERM=dumb says no, each if it is not empty; otherwise a terminal is
/// coloured.
bool wants_color(ColorMode mode, bool terminal, const Variable& variable = environment_variable);

// How Boost.ProgramOptions reads it.
void validate(boost::any& value, const std::vector<std::string>& texts, ColorMode*, int);

}  // namespace harness
