// Which elements of two arrays belong together.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace replay {

/// An element of the recorded array and the one of the live array that belongs to it; one of them is missing where an
/// element went or came.
struct Aligned {
  std::optional<std::size_t> recorded;
  std::optional<std::size_t> live;

  bool operator==(const Aligned&) const = default;
};

/// Names of an element, the one that says most first: elements that share a name are the same. Without: it has none.
using Names = std::vector<std::string>;

/// Each with the first that has its name, wherever that stands. What remains are other elements: if there are as many
/// of them on both sides, they stand for each other in order, otherwise they went and came.
std::vector<Aligned> align_by_name(const std::vector<Names>& recorded, const std::vector<Names>& live);

/// By place, but so that elements that came or went in the middle leave the others with their equals. `equal` is asked
/// about places in the two arrays, and no more than a bounded number of times for each element.
std::vector<Aligned> align_by_place(std::size_t recorded, std::size_t live,
                                    const std::function<bool(std::size_t, std::size_t)>& equal);

}  // namespace replay
