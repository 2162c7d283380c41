#include "tests/fuzz/planted.h"

#include <simdjson.h>

#include <set>

namespace fuzz {

bool uses_call_after_its_end(std::string_view payload) {
  static simdjson::dom::parser parser;  // its memory is what costs
  simdjson::dom::array batch;
  if (parser.parse(simdjson::padded_string(payload))["value"].get(batch) != simdjson::SUCCESS) return false;
  std::set<std::string_view> ended;
  for (const simdjson::dom::element notification : batch) {
    std::string_view change;
    std::string_view resource;
    if (notification["changeType"].get(change) != simdjson::SUCCESS) return false;
    if (notification["resourceUrl"].get(resource) != simdjson::SUCCESS) return false;
    if (change == "updated" && ended.contains(resource)) return true;
    if (change == "deleted") ended.insert(resource);
  }
  return false;
}

}  // namespace fuzz
