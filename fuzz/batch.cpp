#include "fuzz/batch.h"

#include "fuzz/names.h"

namespace fuzz {

std::optional<Batch> batch_of(JsonIndex& index, std::string_view body) {
  index.scan(body);
  if (!index.well_formed() || !index.complete() || index[1].kind != Kind::object) return std::nullopt;
  const std::uint32_t array = index.member(1, names::kValue);
  if (array == 0 || index[array].kind != Kind::array || index[array].children == 0) return std::nullopt;
  Batch batch{index[array].begin + 1, index[array].end - 1, {}};
  for (std::uint32_t at = 0; at < index[array].children; ++at) {
    const Node& element = index[index.child(array, at)];
    batch.elements.emplace_back(element.begin, element.end);
  }
  return batch;
}

std::string part_of(std::string_view body, const Batch& batch, std::size_t first, std::size_t end) {
  const std::size_t begin = first == 0 ? batch.inside_begin : batch.elements[first].first;
  const std::size_t stop = end == batch.elements.size() ? batch.inside_end : batch.elements[end - 1].second;
  std::string part(body.substr(0, batch.inside_begin));
  part.append(body.substr(begin, stop - begin)).append(body.substr(batch.inside_end));
  return part;
}

}  // namespace fuzz
