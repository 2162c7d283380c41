// Where two texts or two runs of bytes that are no JSON differ, in short.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "replay/comparer.h"

namespace replay {

/// What is known about ids.
struct TextRules {
  /// Whether a recorded and a live line say the same.
  std::function<bool(std::string_view recorded, std::string_view live)> same;
  /// A recorded text under live ids.
  std::function<std::string(std::string_view recorded)> to_live;
};

/// For texts: the first lines that differ ("line 3"), long ones cut to what is around the first difference. Where both
/// are one short line: the whole. For anything else: the bytes around the first difference ("offset 0x1f0"), in
/// hexadecimal, the first one that differs in brackets. The two must differ.
std::vector<Difference> text_differences(std::string_view recorded, std::string_view live, const TextRules& rules);

}  // namespace replay
