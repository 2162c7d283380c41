#include "replay/rewriting.h"

#include <fmt/format.h>

#include <algorithm>

#include "corpus/ascii.h"
#include "corpus/json_text.h"

namespace replay {
namespace {

using corpus::Header;
using corpus::Headers;

using Translation = std::string (Bindings::*)(std::string_view) const;

// A Location below one address of Graph is moved below another.
void move_location(Headers& headers, std::string_view from, std::string_view to) {
  if (from.empty() || to.empty()) return;
  for (Header& header : headers) {
    if (corpus::same_word(header.name, "location") && header.value.starts_with(from))
      header.value.replace(0, from.size(), to);
  }
}

// Headers and body under the bindings, one way or the other; the length follows the body.
void rewrite(Headers& headers, std::string& body, const Bindings& bindings, Translation translate) {
  const bool coded = std::ranges::any_of(
      headers, [](const Header& header) { return corpus::same_word(header.name, "content-encoding"); });
  const std::size_t recorded_size = body.size();
  if (!coded) body = (bindings.*translate)(body);
  for (Header& header : headers) {
    if (!corpus::same_word(header.name, "content-length")) {
      header.value = (bindings.*translate)(header.value);
    } else if (recorded_size != 0) {  // the length in an answer to HEAD is not that of its empty body
      header.value = std::to_string(body.size());
    }
  }
}

// SplitMix64: spreads any difference of its input over all bits of its output.
std::uint64_t mixed(std::uint64_t value) {
  value += 0x9e3779b97f4a7c15u;
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9u;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebu;
  return value ^ (value >> 31);
}

}  // namespace

corpus::Request live_request(const corpus::Request& recorded, const Bindings& bindings) {
  corpus::Request live = recorded;
  live.target = bindings.to_live(live.target);
  rewrite(live.headers, live.body, bindings, &Bindings::to_live);
  return live;
}

corpus::Response live_response(const corpus::Response& recorded, const Bindings& bindings,
                               std::string_view recorded_graph, std::string_view live_graph) {
  corpus::Response live = recorded;
  rewrite(live.headers, live.body, bindings, &Bindings::to_live);
  move_location(live.headers, recorded_graph, live_graph);
  return live;
}

corpus::Request recorded_request(const corpus::Request& live, const Bindings& bindings) {
  corpus::Request recorded = live;
  recorded.target = bindings.to_recorded(recorded.target);
  rewrite(recorded.headers, recorded.body, bindings, &Bindings::to_recorded);
  return recorded;
}

corpus::Response recorded_response(const corpus::Response& live, const Bindings& bindings,
                                   std::string_view recorded_graph, std::string_view live_graph) {
  corpus::Response recorded = live;
  rewrite(recorded.headers, recorded.body, bindings, &Bindings::to_recorded);
  move_location(recorded.headers, live_graph, recorded_graph);
  return recorded;
}

corpus::Response graph_error(int status, std::string_view code, std::string_view message, std::string_view request_id) {
  corpus::Response response;
  response.status = status;
  response.body = R"({"error":{"code":)";
  corpus::append_json_string(response.body, code);
  response.body += R"(,"message":)";
  corpus::append_json_string(response.body, message);
  response.body += R"(,"innerError":{"request-id":)";
  corpus::append_json_string(response.body, request_id);
  response.body += "}}}";
  response.headers = {{"Content-Type", "application/json"}, {"Content-Length", std::to_string(response.body.size())}};
  return response;
}

std::string fresh_guid(std::uint64_t seed, std::string_view recorded) {
  std::uint64_t high = mixed(seed);
  std::uint64_t low = mixed(high);
  for (const char c : recorded) {
    high = mixed(high ^ static_cast<unsigned char>(c));
    low = mixed(low + high);
  }
  high = (high & ~0xf000ull) | 0x4000ull;                        // version 4: random
  low = (low & ~0xc000000000000000ull) | 0x8000000000000000ull;  // the variant that GUIDs have
  return fmt::format("{:016x}{:016x}", high, low);
}

}  // namespace replay
