// Fills the values of corpus/notification.h from the tree of another JSON library, by the same tables and with the same
// search for names as our own reader: what differs is the library.
#pragma once

#include <charconv>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>

#include "corpus/arena.h"
#include "corpus/payload_kind.h"
#include "corpus/payload_reader.h"

namespace bench {

/// `Tree` says how the library's values are asked. The tree and the arena must outlive what is filled.
template <typename Tree>
class GenericReader {
 public:
  using Value = typename Tree::Value;

  explicit GenericReader(corpus::Arena& arena) : arena_(arena) {}

  template <typename T>
  void object(const Value& value, T& out) {
    Tree::for_each_member(value, [&](std::string_view key, const Value& member) {
      const int index = corpus::MemberTable<T, corpus::PayloadReader>::kNames.find(key);
      if (index >= 0 && !Tree::is_null(member)) kReads<T>[static_cast<std::size_t>(index)](*this, member, out);
    });
  }

 private:
  template <typename T, std::size_t I>
  static void read_member(GenericReader& reader, const Value& value, T& out) {
    reader.read(value, out.*(std::get<I>(corpus::Fields<T>::kList).member));
  }
  template <typename T, std::size_t... I>
  static consteval auto reads(std::index_sequence<I...>) {
    return std::array{&GenericReader::read_member<T, I>...};
  }
  template <typename T>
  static constexpr auto kReads =
      reads<T>(std::make_index_sequence<corpus::MemberTable<T, corpus::PayloadReader>::kCount>{});

  void read(const Value& value, corpus::Text& out) { out = Tree::text(value); }
  void read(const Value& value, corpus::Flag& out) { out = Tree::flag(value); }
  void read(const Value& value, corpus::Integer& out) { out.value = Tree::integer(value); }
  template <typename E>
  void read(const Value& value, corpus::Word<E>& out) {
    out.text = Tree::text(value);
    out.value = corpus::value_of<E>(*out.text);
  }
  template <typename T>
  void read(const Value& value, corpus::Ref<T>& out) {
    T& target = arena_.make<T>(1).front();
    out = corpus::Ref<T>(&target);
    object(value, target);
  }
  template <typename T>
  void read(const Value& value, corpus::List<T>& out) {
    const std::span<T> items = arena_.make<T>(Tree::size(value));
    std::size_t at = 0;
    Tree::for_each_element(value, [&](const Value& item) { read(item, items[at++]); });
    out = corpus::List<T>(items);
  }
  template <typename T>
  void resources(const Value& value, corpus::List<T>& out) {
    if (Tree::is_array(value)) return read(value, out);
    const std::span<T> items = arena_.make<T>(1);
    object(value, items.front());
    out = corpus::List<T>(items);
  }
  void read(const Value& value, corpus::ResourceData& out) {
    out.array = Tree::is_array(value);
    out.type = Tree::text(Tree::member(out.array ? Tree::first(value) : value, "@odata.type"));
    out.kind = corpus::kind_of_type(*out.type);
    if (out.kind == corpus::ResourceKind::call) resources(value, out.calls);
    if (out.kind == corpus::ResourceKind::roster) resources(value, out.roster);
    if (out.kind == corpus::ResourceKind::operation) resources(value, out.operations);
  }
  template <typename T>
  void read(const Value& value, T& out) {
    object(value, out);
  }

  corpus::Arena& arena_;
};

}  // namespace bench
