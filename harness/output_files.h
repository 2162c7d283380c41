// The files that a command is told to write.
#pragma once

#include <string>
#include <vector>

#include "corpus/error.h"

namespace harness {

/// A file that a command is told to write, and by which option.
struct OutputFile {
  std::string option;
  std::string path;  ///< empty: none
};

/// Whether each of them is a file of its own, and none is one of `inputs`: opening it would empty that. To be asked
/// before any is opened. The fault names option and file.
corpus::Result<void> check_outputs(const std::vector<OutputFile>& outputs, const std::vector<std::string>& inputs);

}  // namespace harness
