#include "harness/color.h"

#include <boost/program_options/errors.hpp>
#include <boost/program_options/value_semantic.hpp>
#include <cstdlib>

namespace harness {
namespace {

namespace po = boost::program_options;

// "0" is how both are switched off.
bool forces(const std::string& value) {
  return !value.empty() && value != "0";
}

}  // namespace

std::string environment_variable(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

bool wants_color(ColorMode mode, bool terminal, const Variable& variable) {
  if (mode != ColorMode::automatic) return mode == ColorMode::always;
  if (!variable("NO_COLOR").empty()) return false;
  if (forces(variable("FORCE_COLOR")) || forces(variable("CLICOLOR_FORCE"))) return true;
  const std::string kind = variable("TERM");
  return terminal && !kind.empty() && kind != "dumb";
}

void validate(boost::any& value, const std::vector<std::string>& texts, ColorMode*, int) {
  const std::string& text = po::validators::get_single_string(texts);
  if (text == "auto") {
    value = ColorMode::automatic;
  } else if (text == "always") {
    value = ColorMode::always;
  } else if (text == "never") {
    value = ColorMode::never;
  } else {
    throw po::error_with_option_name("%canonical_option% " + text + ": is not auto, always or never");
  }
}

}  // namespace harness
