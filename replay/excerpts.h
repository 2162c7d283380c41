// Two values that differ, made short enough to be read.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace replay {

/// What is shown of two values.
struct Excerpts {
  std::string recorded;
  std::string live;
};

/// Of each value its beginning, of at most `limit` bytes; of two that begin alike the part around the first difference,
/// so that what is shown differs if they do. "…" stands for what was left out. UTF-8 stays whole.
Excerpts excerpts_of(std::string_view recorded, std::string_view live, std::size_t limit);

}  // namespace replay
