// Reads typed values straight from the text of a body, which it proves to be JSON on the way: one pass, no tape.
//
// It takes what Graph usually sends and leaves the rest: whatever has to be refused, or warned of, or needs a second
// look, is read by PayloadReader from a document, and what that says counts. So this one knows no places and words
// nothing. What it takes, PayloadReader takes for the same and without a warning.
//
// For sources only.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include "corpus/json_pass.h"
#include "corpus/member_table.h"
#include "corpus/payload_memory.h"
#include "corpus/payload_tables.h"

namespace corpus {

/// Fills values from the body that a memory holds. The functions that read give the place behind the value, or null to
/// leave the body to PayloadReader.
class StraightReader {
 public:
  /// `memory` holds the body and what is read from it; it must outlive the reader.
  explicit StraightReader(PayloadMemory& memory) : memory_(memory), pass_(memory.text(), memory.strings()) {}

  /// The whole body as one object; ends what was read before. False: it is left, and nothing of `out` counts.
  template <typename T>
  bool body(T& out) {
    if (memory_.mark() > 0) return false;  // not usual
    depth_ = memory_.limits().depth;
    values_left_ = memory_.limits().values;
    const char* const end = read(pass_.begin(), out);
    return end != nullptr && pass_.is_end(end);
  }

 private:
  template <typename T>
  using Read = const char* (*)(StraightReader&, const char*, T&);
  template <typename T, std::size_t I>
  static const char* read_member(StraightReader& reader, const char* at, T& out) {
    return reader.read(at, out.*(std::get<I>(Fields<T>::kList).member));
  }
  template <typename T, std::size_t... I>
  static consteval auto reads(std::index_sequence<I...>) {
    return std::array<Read<T>, sizeof...(I)>{&read_member<T, I>...};
  }
  template <typename T>
  static constexpr auto kReads = reads<T>(typename FieldTable<T>::Indices{});

  static const char* next(const char* at) { return JsonPass::next(at); }

  const char* read(const char* at, Text& out) {
    if (*at != '"') return pass_.null(at);
    std::string_view text;
    at = pass_.string(at, text);
    out.emplace(text);
    return at;
  }
  const char* read(const char* at, Flag& out);
  const char* read(const char* at, Integer& out);
  const char* read(const char* at, ResourceData& out);
  template <typename E>
  const char* read(const char* at, Word<E>& out) {
    const char* const end = read(at, out.text);
    if (out.text) out.value = value_of_padded<E>(*out.text);
    return end;
  }
  template <typename T>
  const char* read(const char* at, Ref<T>& out);
  template <typename T>
  const char* read(const char* at, List<T>& out);
  /// An object.
  template <typename T>
  const char* read(const char* at, T& out);

  template <typename T>
  const char* resources(const char* at, ResourceData& data, List<T>& out);
  template <typename T>
  const char* member_at(const char* at, std::size_t& index);
  const char* type_of(const char* object);
  std::size_t count(const char* element);
  bool take_values(std::size_t count, std::size_t limit) {
    if (count > limit || count > values_left_ || count >= JsonValue::kMostCounted) return false;
    values_left_ -= count;
    return true;
  }

  PayloadMemory& memory_;
  JsonPass pass_;
  std::size_t depth_ = 0;  ///< how many arrays and objects more may stand in each other
  std::size_t values_left_ = 0;
};

}  // namespace corpus

#include "corpus/straight_list.h"
#include "corpus/straight_object.h"
