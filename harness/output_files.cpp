#include "harness/output_files.h"

#include <filesystem>
#include <utility>

namespace harness {

corpus::Result<void> check_outputs(const std::vector<OutputFile>& outputs, const std::vector<std::string>& inputs) {
  // By another name or a link it is the same file; one that is not there yet is known by its path alone.
  const auto same = [](const std::string& one, const std::string& other) {
    std::error_code ec;
    if (std::filesystem::equivalent(one, other, ec)) return true;
    return std::filesystem::weakly_canonical(one, ec) == std::filesystem::weakly_canonical(other, ec);
  };
  const auto fault = [](const OutputFile& output, std::string what) {
    return std::unexpected(corpus::Fault{corpus::Error::invalid, output.option + " " + output.path, std::move(what)});
  };
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    if (outputs[i].path.empty()) continue;
    for (const std::string& input : inputs) {
      if (!input.empty() && same(outputs[i].path, input))
        return fault(outputs[i], "is read by this command: it would be lost");
    }
    for (std::size_t j = 0; j < i; ++j) {
      if (outputs[j].path.empty() || !same(outputs[i].path, outputs[j].path)) continue;
      return fault(outputs[i], "is the file of " + outputs[j].option + " already");
    }
  }
  return {};
}

}  // namespace harness
