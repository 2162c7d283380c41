// The tables of corpus/payload_fields.h made ready for reading, by the compiler.
//
// For sources only.
#pragma once

#include <array>
#include <cstdint>
#include <tuple>
#include <type_traits>
#include <utility>

#include "corpus/json_tape.h"
#include "corpus/key_form.h"
#include "corpus/name_table.h"
#include "corpus/payload_fields.h"
#include "corpus/payload_place.h"

namespace corpus {

/// The members of T as every reader needs them: found by name.
template <typename T>
struct FieldTable {
  static constexpr std::size_t kCount = std::tuple_size_v<decltype(Fields<T>::kList)>;
  static_assert(kCount <= 64, "one bit for each member");

  template <std::size_t... I>
  static consteval auto names(std::index_sequence<I...>) {
    return NameTable<kCount>({std::get<I>(Fields<T>::kList).name...});
  }
  /// The member if it is a text, as most are: those are set without a call.
  template <std::size_t I>
  static consteval Text T::*text_member() {
    constexpr auto member = std::get<I>(Fields<T>::kList).member;
    if constexpr (std::is_same_v<decltype(member), Text T::*const>) {
      return member;
    } else {
      return nullptr;
    }
  }
  template <std::size_t... I>
  static consteval auto texts(std::index_sequence<I...>) {
    return std::array<Text T::*, kCount>{text_member<I>()...};
  }
  /// The bit that marks a member as seen; both spellings of one have the same.
  template <std::size_t... I>
  static consteval auto bits(std::index_sequence<I...>) {
    std::array<std::uint64_t, kCount> all{};
    ((all[I] = std::get<I>(Fields<T>::kList).second_spelling ? all[I - 1] : std::uint64_t{1} << I), ...);
    return all;
  }

  /// The members as they usually stand in a text.
  template <std::size_t... I>
  static consteval auto forms(std::index_sequence<I...>) {
    return std::array<KeyForm, kCount>{KeyForm(std::get<I>(Fields<T>::kList).name)...};
  }

  using Indices = std::make_index_sequence<kCount>;
  static constexpr auto kNames = names(Indices{});
  static constexpr auto kTexts = texts(Indices{});
  static constexpr auto kBits = bits(Indices{});
  static constexpr auto kForms = forms(Indices{});
};

/// The same with a function for each member that reads it.
template <typename T, typename Reader>
struct MemberTable : FieldTable<T> {
  using Read = bool (*)(Reader&, JsonValue, T&, const Place&);

  template <std::size_t I>
  static bool read_member(Reader& reader, JsonValue value, T& out, const Place& at) {
    return reader.read(value, out.*(std::get<I>(Fields<T>::kList).member), at);
  }
  template <std::size_t... I>
  static consteval auto reads(std::index_sequence<I...>) {
    return std::array<Read, sizeof...(I)>{&read_member<I>...};
  }

  static constexpr auto kReads = reads(typename FieldTable<T>::Indices{});
};

}  // namespace corpus
