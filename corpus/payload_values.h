// What the members of Graph's payloads are made of: values that can be absent, spelled in several ways, or unknown.
//
// All of them are views into the memory of the parser that made them and are as cheap to copy as a pointer or two; they
// live as long as that parser's result does. A caller may also point them at memory of its own, to write a payload.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace corpus {

/// A text, or nothing where the member is absent or null: the two mean the same to Graph. Escapes are decoded.
using Text = std::optional<std::string_view>;

/// A truth value, or nothing where the member is absent or null.
using Flag = std::optional<bool>;

/// A whole number, in whatever spelling it was sent: 5001, 5.001e3, "5001". Graph's own examples also have words where
/// a number belongs ("subCode":"transferring"); those, and what no int64 can hold, have a text and no value.
struct Integer {
  std::optional<std::int64_t> value;
  Text text;  ///< as sent, unless it was a plain number that fits

  bool operator==(const Integer&) const = default;
};

/// A word of one of Graph's enumerations. Graph spells one word in two casings and adds words over time, so the text is
/// kept and `value` is E::unknown for what this version does not know. Nothing was sent if there is no text.
template <typename E>
struct Word {
  Text text;
  E value = E::unknown;

  bool operator==(const Word&) const = default;
};

/// An object inside a payload, or nothing where it is absent or null. Owned by the parser; compared by content.
template <typename T>
class Ref {
 public:
  Ref() = default;
  /// `object` must outlive this.
  explicit Ref(const T* object) : object_(object) {}

  explicit operator bool() const { return object_ != nullptr; }
  const T* operator->() const { return object_; }
  const T& operator*() const { return *object_; }

  bool operator==(const Ref& other) const {
    if (object_ == nullptr || other.object_ == nullptr) return object_ == other.object_;
    return *object_ == *other.object_;
  }

 private:
  const T* object_ = nullptr;
};

/// An array inside a payload. Absent (or null) and empty are told apart: a roster of nobody is a real message. Owned by
/// the parser; compared by content.
template <typename T>
class List {
 public:
  List() = default;
  /// A list that was sent. `items` must outlive this.
  explicit List(std::span<const T> items) : items_(items), present_(true) {}

  bool present() const { return present_; }
  std::size_t size() const { return items_.size(); }
  bool empty() const { return items_.empty(); }
  const T& operator[](std::size_t index) const { return items_[index]; }
  const T& front() const { return items_.front(); }
  auto begin() const { return items_.begin(); }
  auto end() const { return items_.end(); }

  bool operator==(const List& other) const {
    return present_ == other.present_ && std::ranges::equal(items_, other.items_);
  }

 private:
  std::span<const T> items_;
  bool present_ = false;
};

}  // namespace corpus
