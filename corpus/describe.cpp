#include "corpus/describe.h"

#include <fmt/format.h>
#include <simdjson.h>

#include "corpus/ids.h"
#include "corpus/json_text.h"

namespace corpus {
namespace {

using simdjson::dom::element;

// Batches are described by their first members: three fit a line.
constexpr std::size_t kShownNotifications = 3;

std::string_view text_of(const element& object, std::string_view key) {
  std::string_view text;
  return object[key].get_string().get(text) == simdjson::SUCCESS ? text : std::string_view();
}

// What a resource is like: the state of a call, the status of an operation, how many a roster has.
std::string condition(const element& data) {
  if (data.is_array()) {
    const std::size_t count = data.get_array().value_unsafe().size();
    return fmt::format("{} {}", count, count == 1 ? "entry" : "entries");
  }
  for (const std::string_view key : {"state", "status"}) {
    if (const std::string_view text = text_of(data, key); !text.empty()) return std::string(text);
  }
  return {};
}

std::string notification(const element& value) {
  std::string text(text_of(value, "changeType"));
  std::string_view resource = text_of(value, "resourceUrl");
  if (resource.empty()) resource = text_of(value, "resource");
  text += fmt::format("{}{}", text.empty() ? "" : " ", resource);
  element data;
  if (value["resourceData"].get(data) == simdjson::SUCCESS) {
    if (const std::string what = condition(data); !what.empty()) text += ", " + what;
  }
  return text;
}

std::string notifications(const element& root) {
  simdjson::dom::array values;
  if (root["value"].get_array().get(values) != simdjson::SUCCESS) return {};
  std::string text;
  std::size_t shown = 0;
  for (const element value : values) {
    if (text_of(value, "changeType").empty() && text_of(value, "resource").empty()) return {};
    if (shown++ == kShownNotifications) return text + fmt::format("; and {} more", values.size() - kShownNotifications);
    text += (shown == 1 ? "" : "; ") + notification(value);
  }
  return text;
}

// How many bytes at the front of valid UTF-8 a terminal may obey rather than show: control characters, those beyond
// ASCII (U+0080 to U+009F, of which one begins a sequence as Escape does), ends of lines, and turns of direction. And
// what nobody sees, so that two texts which differ look the same: byte order mark, soft hyphen, blanks without width.
std::size_t obeyed(std::string_view text) {
  const auto byte = [&](std::size_t at) { return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U; };
  if (byte(0) < 0x20 || byte(0) == 0x7f) return 1;
  if (byte(0) == 0xc2 && byte(1) < 0xa0) return 2;
  const bool line_or_turn =
      byte(1) == 0x80 && ((byte(2) >= 0xa8 && byte(2) <= 0xae) || byte(2) == 0x8e || byte(2) == 0x8f);
  const bool isolate = byte(1) == 0x81 && byte(2) >= 0xa6 && byte(2) <= 0xa9;
  if (byte(0) == 0xe2 && (line_or_turn || isolate)) return 3;
  const bool zero_width = byte(0) == 0xe2 && ((byte(1) == 0x80 && byte(2) == 0x8b) ||
                                              (byte(1) == 0x81 && byte(2) >= 0xa0 && byte(2) <= 0xa4));
  const bool byte_order_mark = byte(0) == 0xef && byte(1) == 0xbb && byte(2) == 0xbf;
  return zero_width || byte_order_mark ? 3 : byte(0) == 0xc2 && byte(1) == 0xad ? 2 : 0;
}

}  // namespace

std::string with_short_ids(std::string_view text) {
  std::string result;
  std::size_t done = 0;
  for (const Span& guid : find_guids(text)) {
    result.append(text.substr(done, guid.begin - done)).append(text.substr(guid.begin, 8)).append("…");
    done = guid.begin + guid.length;
  }
  return result.append(text.substr(done));
}

std::string printable(std::string_view text, std::size_t limit) {
  const bool cut = text.size() > limit;
  if (cut) {
    text = text.substr(0, limit);
    while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xc0) == 0x80) text.remove_suffix(1);
    if (!text.empty() && static_cast<unsigned char>(text.back()) >= 0xc0) text.remove_suffix(1);
  }
  const bool utf8 = is_utf8(text);
  std::string result;
  std::size_t escaped = 0;  // up to there
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (at >= escaped) escaped = at + (utf8 || byte < 0x80 ? obeyed(text.substr(at)) : 1);
    if (at < escaped) {
      result += fmt::format("\\x{:02x}", byte);
    } else {
      result += text[at];
    }
  }
  return cut ? result + "…" : result;
}

struct Describer::State {
  simdjson::dom::parser parser;
};

Describer::Describer() : state_(std::make_unique<State>()) {}
Describer::~Describer() = default;
Describer::Describer(Describer&&) noexcept = default;
Describer& Describer::operator=(Describer&&) noexcept = default;

std::string Describer::request(const Request& request) {
  std::string text = request.method + " " + request.target;
  element root;
  if (!request.body.empty() &&
      state_->parser.parse(request.body.data(), request.body.size()).get(root) == simdjson::SUCCESS) {
    if (const std::string what = notifications(root); !what.empty()) text += ": " + what;
  }
  return printable(with_short_ids(text), 400);
}

std::string Describer::outcome(const Outcome& outcome) {
  if (const auto* failure = std::get_if<Failure>(&outcome)) return "failed: " + printable(failure->reason, 100);
  const auto* response = std::get_if<Response>(&outcome);
  if (response == nullptr) return "no answer";
  std::string text = std::to_string(response->status);
  element root;
  if (!response->body.empty() &&
      state_->parser.parse(response->body.data(), response->body.size()).get(root) == simdjson::SUCCESS) {
    if (const std::string what = condition(root); !what.empty() && root.is_object()) text += " " + what;
  }
  return printable(text, 100);
}

}  // namespace corpus
