// Writes typed values as compact JSON, by the same tables by which they are read.
//
// For sources only.
#pragma once

#include <string>
#include <string_view>
#include <tuple>

#include "corpus/json_text.h"
#include "corpus/payload_tables.h"

namespace corpus {

/// Appends JSON to a text that it does not own. Absent values are left out.
class PayloadWriter {
 public:
  /// `out` must outlive the writer.
  explicit PayloadWriter(std::string& out) : out_(out) {}

  /// The value with its braces.
  template <typename T>
  void object(const T& value) {
    out_.push_back('{');
    bool first = true;
    std::apply([&](const auto&... field) { (member(value, field, first), ...); }, Fields<T>::kList);
    out_.push_back('}');
  }

 private:
  template <typename T, typename Value>
  void member(const T& value, const Field<T, Value>& field, bool& first) {
    const Value& part = value.*(field.member);
    if (field.second_spelling || !is_present(part)) return;
    if (!first) out_.push_back(',');
    first = false;
    append_json_string(out_, field.name);
    out_.push_back(':');
    write(part);
  }

  static bool is_present(const Text& text) { return text.has_value(); }
  static bool is_present(const Flag& flag) { return flag.has_value(); }
  static bool is_present(const Integer& integer) { return integer.value || integer.text; }
  static bool is_present(const ResourceData& data) { return data.kind != ResourceKind::none; }
  template <typename E>
  static bool is_present(const Word<E>& word) {
    return word.text.has_value();
  }
  template <typename T>
  static bool is_present(const Ref<T>& object) {
    return static_cast<bool>(object);
  }
  template <typename T>
  static bool is_present(const List<T>& list) {
    return list.present();
  }

  void write(const Text& text) { append_json_string(out_, *text); }
  void write(const Flag& flag) { out_.append(*flag ? "true" : "false"); }
  void write(const Integer& integer) {
    if (integer.text) return write(integer.text);
    out_.append(std::to_string(*integer.value));
  }
  void write(const ResourceData& data);
  template <typename E>
  void write(const Word<E>& word) {
    write(word.text);
  }
  template <typename T>
  void write(const Ref<T>& object) {
    this->object(*object);
  }
  template <typename T>
  void write(const List<T>& list) {
    out_.push_back('[');
    for (const T& item : list) {
      if (&item != &list.front()) out_.push_back(',');
      write(item);
    }
    out_.push_back(']');
  }
  template <typename T>
  void write(const T& value) {
    object(value);
  }
  template <typename T>
  void resources(const ResourceData& data, const List<T>& list) {
    data.array || list.empty() ? write(list) : object(list.front());
  }

  std::string& out_;
};

}  // namespace corpus
