// A second reading of deliveries, as plain as can be: by name, member by member, from simdjson's own elements. It
// decides by itself what is refused, of which kind a resource is, and what is odd; all it shares with the typed parser
// is the page corpus/PAYLOADS.md.
#pragma once

#include <simdjson.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/notification.h"
#include "fuzz/target.h"
#include "fuzz/targets/plain_call_names.h"
#include "fuzz/targets/plain_operation_names.h"
#include "fuzz/targets/plain_words.h"

namespace fuzz {

using Element = simdjson::dom::element;

/// A member's value; nothing if it is absent or null.
using Found = std::optional<Element>;

/// One walk through one body, beside the values that the parser made of it (`mine`, here as everywhere below), or
/// alone if it made none: then every `mine` is null. A difference ends the process.
class PlainWalk {
 public:
  explicit PlainWalk(const corpus::Notifications* mine) : mine_(mine) {}

  /// Walks through the document whose root this is.
  void delivery(Element root);

  /// To be called for what no parser may take.
  void refuse() {
    FUZZ_ASSERT(mine_ == nullptr);
    refused_ = true;
  }
  bool refused() const { return refused_; }

  /// How many things the parser has to warn of; only of a body that is not refused.
  std::size_t oddities() const { return oddities_; }
  void odd() { ++oddities_; }

 private:
  void notification(Element shown, const corpus::Notification* mine);
  void data(const Found& found, std::string_view path, const corpus::ResourceData* mine);
  void resources(corpus::ResourceKind kind, const std::vector<Element>& shown, const corpus::ResourceData* mine);
  /// False if it is refused.
  bool declared(Element shown, corpus::ResourceKind& kind, std::optional<std::string_view>& type);

  void read(const Found& found, const corpus::Text* mine);
  void read(const Found& found, const corpus::Flag* mine);
  void read(const Found& found, const corpus::Integer* mine);

  template <typename E>
  void read(const Found& found, const corpus::Word<E>* mine) {
    read(found, mine == nullptr ? nullptr : &mine->text);
    if (mine != nullptr) FUZZ_ASSERT(mine->value == plain_value<E>(mine->text.value_or("")));
  }

  template <typename T>
  void read(const Found& found, const corpus::Ref<T>* mine) {
    if (mine != nullptr) FUZZ_ASSERT(static_cast<bool>(*mine) == found.has_value());
    if (found) read(found, mine == nullptr ? nullptr : &**mine);
  }

  template <typename T>
  void read(const Found& found, const corpus::List<T>* mine) {
    if (mine != nullptr) FUZZ_ASSERT(mine->present() == found.has_value());
    if (!found) return;
    found->is_array() ? items(elements_of(*found), mine) : refuse();
  }

  /// An object with members.
  template <typename T>
  void read(const Found& found, const T* mine) {
    if (!found->is_object()) return refuse();
    PlainNames<T>::each([&](auto member, std::string_view name, std::string_view second = {}) {
      read(take(*found, name, second), mine == nullptr ? nullptr : &(mine->*member));
    });
  }

  template <typename T>
  void items(const std::vector<Element>& shown, const corpus::List<T>* mine) {
    std::size_t count = 0;
    for (const Element item : shown) count += item.is_null() ? 0 : 1;
    if (mine != nullptr) FUZZ_ASSERT(mine->present() && mine->size() == count);
    std::size_t at = 0;
    for (const Element item : shown) {
      if (item.is_null()) {
        odd();
      } else {
        read(Found(item), mine == nullptr ? nullptr : &(*mine)[at++]);
      }
    }
  }

  /// The first member of either name; those behind it are odd.
  Found take(Element object, std::string_view name, std::string_view second = {});

  static std::vector<Element> elements_of(Element array);

  const corpus::Notifications* mine_;
  bool refused_ = false;
  std::size_t oddities_ = 0;
};

/// The first member of that name, null or not; nothing if there is none.
Found member_of(Element object, std::string_view name);

/// How many arrays and objects that are not empty stand in each other.
std::size_t depth_of(Element value);

/// The kind that a type names, and the one that the members of an object speak for.
corpus::ResourceKind plain_kind_of_type(std::string_view type);
corpus::ResourceKind plain_kind_of_members(Element object);

/// Of a document that is JSON, what is said to be of a wrong type is of that type.
void check_place(const corpus::ParseError& error, Element root);

}  // namespace fuzz
