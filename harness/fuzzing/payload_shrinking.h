// `rollcall shrink --payload`.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "harness/options.h"

namespace harness {

/// What `rollcall shrink --payload` was asked to do.
struct PayloadShrinkOptions {
  std::string payload;
  std::string command;  ///< with {} in the place of the file
  std::string out;      ///< empty: FILE.min
  std::size_t budget = 2000;
  Duration limit{std::chrono::seconds(10)};
};

/// Whether these arguments of `rollcall shrink` are about a payload.
bool is_about_payload(const Arguments& args);

/// Makes a payload smaller as long as the program fails on it in the same way.
int run_shrink_payload(const PayloadShrinkOptions& options);
int shrink_payload_command(const Arguments& args);

}  // namespace harness
