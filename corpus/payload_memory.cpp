#include "corpus/payload_memory.h"

#include <algorithm>
#include <bit>
#include <optional>
#include <utility>

#include "corpus/json_place.h"
#include "corpus/json_run.h"

namespace corpus {

namespace {

static_assert(simdjson::SIMDJSON_PADDING >= kRunPadding);

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string line_of(std::string_view pointer, std::string_view what) {
  std::string line;
  if (!pointer.empty()) line.append(pointer.substr(1)).append(": ");
  return line.append(what);
}

}  // namespace

std::string to_string(const ParseError& error) {
  return line_of(error.pointer, error.what) + ", byte " + std::to_string(error.offset);
}

std::string to_string(const Warning& warning) {
  return line_of(warning.pointer, warning.what);
}

void PayloadMemory::warn(std::string_view what, std::string pointer) {
  if (warnings_.list.size() < limits_.warnings) {
    warnings_.list.push_back({std::string(what), std::move(pointer)});
  } else {
    ++warnings_.more;
  }
}

std::optional<ParseError> PayloadMemory::take(std::string_view body) {
  if (body.size() <= limits_.bytes) {
    copy_.assign(body);
    copy_.append(simdjson::SIMDJSON_PADDING, '\0');
    body = std::string_view(copy_).substr(0, body.size());
  }
  return hold(body);
}

std::optional<ParseError> PayloadMemory::take_in_place(const simdjson::padded_string& body) {
  if (body.data() == nullptr) return take(std::string_view());  // moved from: simdjson still names the old length
  const std::string_view text = body;
  // simdjson makes its padding of zeros, but promises no more than that it can be read.
  return text.data()[text.size()] == '\0' ? hold(text) : take(text);
}

std::optional<ParseError> PayloadMemory::hold(std::string_view body) {
  arena_.clear();
  warnings_.list.clear();
  warnings_.more = 0;
  if (body.size() > limits_.bytes) {
    return ParseError{"longer than " + std::to_string(limits_.bytes) + " bytes", "", limits_.bytes};
  }
  mark_ = body.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  text_ = body.substr(mark_);
  if (mark_ > 0) warn("begins with a byte order mark", "");
  if (parser_.capacity() < text_.size() || parser_.max_depth() == simdjson::DEFAULT_MAX_DEPTH) {
    // In powers of two, so that bodies that get a little longer each time do not cost an allocation each time. simdjson
    // refuses what reaches its depth, hence one more.
    constexpr std::size_t kUsual = 4096;
    const auto error = parser_.allocate(std::max(kUsual, std::bit_ceil(text_.size())), limits_.depth + 1);
    if (error) return ParseError{"there is no memory for it", "", 0};
  }
  return std::nullopt;
}

Parsed<JsonValue> PayloadMemory::document() {
  arena_.clear();
  // Later versions of simdjson pass over a mark by themselves: a second one must not depend on the version.
  if (text().starts_with(kByteOrderMark)) return std::unexpected(fault_of(simdjson::TAPE_ERROR));
  const auto error = parser_.parse(text_.data(), text_.size(), false).error();
  if (error) return std::unexpected(fault_of(error));
  tape_ = JsonTape(parser_);
  return JsonValue(tape_);
}

ParseError PayloadMemory::fault_of(simdjson::error_code error) const {
  if (std::optional<JsonFault> fault = first_json_fault(text(), limits_.depth)) {
    return {std::move(fault->what), std::move(fault->pointer), fault->offset + mark_};
  }
  // The two scanners disagree. That must not happen, and must not make a refusal an acceptance if it does.
  return {std::string("not taken by simdjson: ") + simdjson::error_message(error), "", mark_};
}

}  // namespace corpus
