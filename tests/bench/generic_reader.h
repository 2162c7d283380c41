// Fills the values of corpus/notification.h from the tree of another JSON library, by the same tables and with the same
// search for names as our own reader: what differs is the library.
//
// It does what any reader has to do that fills these values from bodies of strangers: types are checked, numbers may
// stand in strings, of two spellings of one member the first counts, and it is known where a value stands. It does less
// than ours where the library leaves no choice (of members that stand twice the trees keep one and say nothing, and
// places have no bytes), and it words no warnings.
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
  using Place = corpus::Place;

  explicit GenericReader(corpus::Arena& arena) : arena_(arena) {}

  /// False if a member is not what it has to be: then at() says which.
  template <typename T>
  bool object(const Value& value, T& out, const Place* at) {
    using Table = corpus::MemberTable<T, corpus::PayloadReader>;
    std::uint64_t seen = 0;
    Place here{.parent = at};
    return Tree::is_object(value) && Tree::for_each_member(value, [&](std::string_view key, const Value& member) {
             here.key = key;
             const int found = Table::kNames.find(key);
             ++here.index;
             if (found < 0) return true;
             const auto index = static_cast<std::size_t>(found);
             if ((seen & Table::kBits[index]) != 0) return true;
             seen |= Table::kBits[index];
             return Tree::is_null(member) || kReads<T>[index](*this, member, out, here) || refuse(here);
           });
  }

  /// The first key of the place of what was refused.
  std::string_view at() const { return refused_; }

 private:
  template <typename T, std::size_t I>
  static bool read_member(GenericReader& reader, const Value& value, T& out, const Place& at) {
    return reader.read(value, out.*(std::get<I>(corpus::Fields<T>::kList).member), at);
  }
  template <typename T, std::size_t... I>
  static consteval auto reads(std::index_sequence<I...>) {
    return std::array{&GenericReader::read_member<T, I>...};
  }
  template <typename T>
  static constexpr auto kReads =
      reads<T>(std::make_index_sequence<corpus::MemberTable<T, corpus::PayloadReader>::kCount>{});

  bool refuse(const Place& at) {
    if (refused_.empty()) refused_ = at.key;
    return false;
  }

  // What is not taken here, as a number where a text belongs, stands in none of the payloads.
  bool read(const Value& value, corpus::Text& out, const Place&) {
    if (!Tree::is_string(value)) return false;
    out = Tree::text(value);
    return true;
  }
  bool read(const Value& value, corpus::Flag& out, const Place&) {
    if (!Tree::is_flag(value)) return false;
    out = Tree::flag(value);
    return true;
  }
  bool read(const Value& value, corpus::Integer& out, const Place&) {
    if (Tree::is_integer(value)) {
      out.value = Tree::integer(value);
      return true;
    }
    if (!Tree::is_string(value)) return false;
    const std::string_view text = Tree::text(value);
    out.text = text;
    std::int64_t integer = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), integer);
    if (error == std::errc{} && end == text.data() + text.size()) out.value = integer;
    return true;
  }
  template <typename E>
  bool read(const Value& value, corpus::Word<E>& out, const Place& at) {
    if (!read(value, out.text, at)) return false;
    out.value = corpus::value_of<E>(*out.text);
    return true;
  }
  template <typename T>
  bool read(const Value& value, corpus::Ref<T>& out, const Place& at) {
    T& target = arena_.make<T>(1).front();
    out = corpus::Ref<T>(&target);
    return read(value, target, at);
  }
  template <typename T>
  bool read(const Value& value, corpus::List<T>& out, const Place& at) {
    if (!Tree::is_array(value)) return false;
    const std::span<T> items = arena_.make<T>(Tree::size(value));
    std::size_t count = 0;
    Place here{.parent = &at, .element = true};
    const bool good = Tree::for_each_element(value, [&](const Value& item) {
      const bool taken = Tree::is_null(item) || read(item, items[count++], here);
      ++here.index;
      return taken;
    });
    out = corpus::List<T>(items.first(count));
    return good;
  }
  template <typename T>
  bool resources(const Value& value, corpus::List<T>& out, const Place& at) {
    if (Tree::is_array(value)) return read(value, out, at);
    const std::span<T> items = arena_.make<T>(1);
    out = corpus::List<T>(items);
    return read(value, items.front(), at);
  }
  bool read(const Value& value, corpus::ResourceData& out, const Place& at) {
    out.array = Tree::is_array(value);
    if (out.array && Tree::size(value) == 0) return false;
    const Value& first = out.array ? Tree::first(value) : value;
    const Value* const type = Tree::is_object(first) ? Tree::member(first, "@odata.type") : nullptr;
    if (type == nullptr || !read(*type, out.type, at)) return false;
    out.kind = corpus::kind_of_type(*out.type);
    if (out.kind == corpus::ResourceKind::call) return resources(value, out.calls, at);
    if (out.kind == corpus::ResourceKind::roster) return resources(value, out.roster, at);
    return out.kind == corpus::ResourceKind::operation && resources(value, out.operations, at);
  }
  template <typename T>
  bool read(const Value& value, T& out, const Place& at) {
    return object(value, out, &at);
  }

  corpus::Arena& arena_;
  std::string_view refused_;
};

}  // namespace bench
