#include "corpus/straight_reader.h"

#include <charconv>

#include "corpus/payload_kind.h"

namespace corpus {

const char* StraightReader::read(const char* at, Flag& out) {
  if (*at == 'n') return pass_.null(at);
  bool flag = false;
  const char* const end = pass_.boolean(at, flag);
  out = flag;
  return end;
}

const char* StraightReader::read(const char* at, Integer& out) {
  std::int64_t value = 0;
  const char* end = nullptr;
  if (*at == '"') {
    end = read(at, out.text);
    if (end == nullptr) return nullptr;
    const char* const last = out.text->data() + out.text->size();
    const auto parsed = std::from_chars(out.text->data(), last, value);
    if (parsed.ec != std::errc{} || parsed.ptr != last) return nullptr;
  } else if (*at == 'n') {
    return pass_.null(at);
  } else {
    end = pass_.integer(at, value);
  }
  out.value = value;
  return end;
}

const char* StraightReader::read(const char* at, ResourceData& out) {
  if (*at == 'n') return pass_.null(at);
  out.array = *at == '[';
  const char* const type = type_of(out.array ? next(at + 1) : at);
  std::string_view text;
  if (type == nullptr || *type != '"' || !pass_.plain_string(type, text)) return nullptr;
  out.kind = kind_of_type(text);
  switch (out.kind) {
    case ResourceKind::call:
      return resources(at, out, out.calls);
    case ResourceKind::roster:
      return resources(at, out, out.roster);
    case ResourceKind::delta:
      return resources(at, out, out.deltas);
    case ResourceKind::operation:
      return resources(at, out, out.operations);
    case ResourceKind::content_sharing:
      return resources(at, out, out.sharing);
    case ResourceKind::joining:
      return resources(at, out, out.joining);
    case ResourceKind::left:
      return resources(at, out, out.left);
    case ResourceKind::none:
    case ResourceKind::unknown:
      break;
  }
  const char* const end = out.array ? nullptr : pass_.value(at, depth_);
  if (end == nullptr) return nullptr;
  out.type = text;
  out.raw = pass_.between(at, end);
  return end;
}

/// Resources of one kind. One that says it is of another makes all of them something else.
template <typename T>
const char* StraightReader::resources(const char* at, ResourceData& data, List<T>& out) {
  const char* end = nullptr;
  if (data.array) {
    end = read(at, out);
  } else if (take_values(1, 1)) {
    const std::span<T> alone = memory_.arena().make<T>(1);
    end = read(at, alone.front());
    out = List<T>(alone);
  }
  if (end == nullptr) return nullptr;
  data.type = out.front().odata_type;
  for (std::size_t index = 1; index < out.size(); ++index) {
    const T& one = out[index];
    if (one.odata_type && *one.odata_type != *data.type && kind_of_type(*one.odata_type) != data.kind) return nullptr;
  }
  return end;
}

/// The value of an object's first type, looked for ahead of the reading; null if it is no object or has none.
const char* StraightReader::type_of(const char* object) {
  static constexpr std::string_view kName = "@odata.type";
  static constexpr KeyForm kForm(kName);
  if (*object != '{') return nullptr;
  const char* at = next(object + 1);
  if (kForm.stands_at(at)) return next(at + kForm.size());
  for (std::string_view key; (at = pass_.key(at, key)) != nullptr && key != kName; at = next(at + 1)) {
    at = pass_.value(at, depth_);
    if (at == nullptr || *at != ',') return nullptr;
  }
  return at;
}

/// How many elements there are from this one to the end of its array, looked for ahead of the reading.
std::size_t StraightReader::count(const char* element) {
  std::size_t elements = 1;
  while ((element = pass_.value(element, depth_)) != nullptr && *element == ',') {
    element = next(element + 1);
    ++elements;
  }
  return elements;
}

}  // namespace corpus
