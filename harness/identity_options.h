// The options of every command that stands in for identity services.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "harness/identity_double.h"
#include "harness/options.h"

namespace harness {

/// What the identity double gives out, as given on the command line.
struct IdentityOptions {
  std::string app;                  ///< --app-id
  std::string tenant;               ///< --tenant
  std::vector<std::string> tokens;  ///< --token
  std::string keys;                 ///< --keys
  std::size_t roll_after = 0;       ///< --roll-keys-after
};

/// Adds them to the options of a command. `options` must outlive the reading.
void add_identity(boost::program_options::options_description& list, IdentityOptions& options);

/// The double that they ask for; a fault that names the option if one of them is wrong.
corpus::Result<std::shared_ptr<IdentityDouble>> set_up_identity(const IdentityOptions& options);

}  // namespace harness
