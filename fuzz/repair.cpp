#include "fuzz/repair.h"

#include <memory>
#include <vector>

#include "fuzz/escapes.h"

namespace fuzz {
namespace {

/// Writes value after value, and closes what the next one is not in.
class Writer {
 public:
  Writer(const JsonIndex& index, Scratch& scratch, Draft& out) : index_(index), scratch_(scratch), out_(out) {}

  void value(std::uint32_t at) {
    const Node& node = index_[at];
    close_until(node.parent);
    const bool in_object = index_[node.parent].kind == Kind::object;
    // Strays are comments and damage; a string without a key has no place in an object.
    if (in_object ? !node.has_key() : node.kind == Kind::stray) return;
    if (separate_) out_.put(node.parent == 0 ? '\n' : ',');
    if (in_object) {
      string(index_.text().substr(node.key_begin - 1, node.key_end - node.key_begin + 2));
      out_.put(':');
    }
    separate_ = true;
    if (node.is_container()) {
      out_.put(node.kind == Kind::object ? '{' : '[');
      current_ = at;
      separate_ = false;
    } else if (node.kind == Kind::string) {
      string(index_.value(node));
    } else {
      out_.put(node.kind == Kind::stray ? "null" : index_.value(node));
    }
  }

  void close_until(std::uint32_t container) {
    while (current_ != container && current_ != 0) {
      out_.put(index_[current_].kind == Kind::object ? '}' : ']');
      current_ = index_[current_].parent;
      separate_ = true;
    }
  }

 private:
  void string(std::string_view quoted) {
    scratch_.clear();
    add_repaired_string(quoted, scratch_);
    out_.put(scratch_.view());
  }

  const JsonIndex& index_;
  Scratch& scratch_;
  Draft& out_;
  std::uint32_t current_ = 0;
  bool separate_ = false;  // a comma or a line's end is due before the next value
};

}  // namespace

void repair(const JsonIndex& index, bool first_only, Scratch& scratch, Draft& out) {
  Writer writer(index, scratch, out);
  const std::size_t end = index.nodes().size();
  for (std::uint32_t at = 1; at < end; ++at) {
    if (first_only && index[at].parent == 0 && out.written() != 0) break;
    writer.value(at);
  }
  writer.close_until(0);
}

std::string repair(const JsonIndex& index) {
  // A byte of a broken string can take an escape of six.
  std::vector<std::uint8_t> room(index.text().size() * 6 + 64);
  const auto scratch = std::make_unique<Scratch>();
  Draft out({}, room);
  repair(index, false, *scratch, out);
  return {reinterpret_cast<const char*>(room.data()), out.spoilt() ? 0 : out.written()};
}

}  // namespace fuzz
