// libFuzzer's hooks. See fuzz/libfuzzer.h.
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "fuzz/learning.h"
#include "fuzz/libfuzzer.h"
#include "fuzz/mutator.h"

// Weak: in a program without an engine there is none, and the library links all the same.
extern "C" [[gnu::weak]] std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

namespace {

/// Tells the children of fork mode, who are started with other arguments, what their parent learned from.
constexpr const char* kVariable = "ROLLCALL_FUZZ_LEARN";

/// The mutator and what it learned. libFuzzer calls plain functions and hands nothing through, so there has to be one
/// for the whole process; it is made at the first call that needs it, and lives as long as the process.
struct Fuzzer {
  fuzz::Vocabulary vocabulary;
  std::optional<fuzz::Mutator> mutator;

  void start(const std::vector<std::string>& inputs) {
    if (mutator) return;
    fuzz::learn_from(inputs, vocabulary);
    vocabulary.freeze();
    mutator.emplace(vocabulary, &LLVMFuzzerMutate);
  }
};

Fuzzer& fuzzer() {
  static const std::unique_ptr<Fuzzer> only = std::make_unique<Fuzzer>();
  return *only;
}

std::vector<std::string> split(std::string_view list, char separator) {
  std::vector<std::string> items;
  while (!list.empty()) {
    const std::string_view item = list.substr(0, list.find(separator));
    list.remove_prefix(item.size() < list.size() ? item.size() + 1 : item.size());
    if (!item.empty()) items.emplace_back(item);
  }
  return items;
}

/// What a parent has learned from, or else what the arguments name; told to children to come.
std::vector<std::string> inputs_for(const std::vector<std::string>& arguments) {
  if (const char* told = std::getenv(kVariable); told != nullptr) return split(told, '\n');
  std::vector<std::string> inputs = fuzz::inputs_of(arguments);
  std::string list;
  for (const std::string& input : inputs) list.append(input).append("\n");
  setenv(kVariable, list.c_str(), 0);
  return inputs;
}

/// The mutator, ready. A target that has an LLVMFuzzerInitialize of its own and did not call ours gets here first: then
/// the process's own command line tells.
fuzz::Mutator& mutator() {
  Fuzzer& only = fuzzer();
  if (!only.mutator) {
    std::ifstream file("/proc/self/cmdline", std::ios::binary);
    const std::string line(std::istreambuf_iterator<char>(file), {});
    std::vector<std::string> arguments = split(line, '\0');
    if (!arguments.empty()) arguments.erase(arguments.begin());
    only.start(inputs_for(arguments));
  }
  return *only.mutator;
}

}  // namespace

extern "C" {

int rollcall_fuzz_learn_from_arguments(int* argc, char*** argv) {
  if (fuzzer().mutator) return 0;
  fuzzer().start(inputs_for(std::vector<std::string>(*argv + (*argc > 0 ? 1 : 0), *argv + *argc)));
  return 0;
}

/// Weak: a target may have its own.
[[gnu::weak]] int LLVMFuzzerInitialize(int* argc, char*** argv) {
  return rollcall_fuzz_learn_from_arguments(argc, argv);
}

std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size, unsigned int seed) {
  return mutator().mutate({data, max_size}, size, seed);
}

std::size_t LLVMFuzzerCustomCrossOver(const std::uint8_t* a, std::size_t a_size, const std::uint8_t* b,
                                      std::size_t b_size, std::uint8_t* out, std::size_t max_out_size,
                                      unsigned int seed) {
  return mutator().cross_over({a, a_size}, {b, b_size}, {out, max_out_size}, seed);
}

}  // extern "C"
