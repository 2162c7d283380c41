#include "fuzz/json_index.h"

#include "fuzz/json_lexer.h"

namespace fuzz {
namespace {

/// One pass over a text. It goes wherever the text leads and notes on the way whether a strict reader would have.
class Scan {
 public:
  Scan(std::string_view text, std::vector<Node>& nodes) : text_(text), nodes_(nodes) {
    nodes_[0] = Node{};
    nodes_[0].end = static_cast<std::uint32_t>(text.size());
  }

  void run() {
    while (at_ < text_.size()) step();
    valid_ = valid_ && current_ == 0 && unrecorded_ == 0;
    while (current_ != 0) close_current(text_.size());
    nodes_[0].next = static_cast<std::uint32_t>(count_);
  }

  std::size_t count() const { return count_; }
  bool valid() const { return valid_; }
  bool complete() const { return complete_; }

 private:
  /// What stood before, as far as the next token's right to be there depends on it.
  enum class Last : std::uint8_t { open, comma, key, colon, value };

  void step() {
    const char byte = text_[at_];
    switch (byte) {
      case ' ':
      case '\n':
      case '\r':
      case '\t':
        ++at_;
        break;
      case '{':
        open(Kind::object);
        break;
      case '[':
        open(Kind::array);
        break;
      case '}':
        close(Kind::object);
        break;
      case ']':
        close(Kind::array);
        break;
      case ',':
        separator(Last::comma, last_ == Last::value && current_ + unrecorded_ != 0);
        break;
      case ':':
        separator(Last::colon, last_ == Last::key);
        break;
      case '"':
        string();
        break;
      default:
        run_of_bytes();
    }
  }

  void separator(Last last, bool allowed) {
    valid_ = valid_ && allowed;
    last_ = last;
    ++at_;
  }

  /// Whether a strict reader would take a value here. Inside of what found no place in the table only commas tell.
  bool value_allowed() const {
    if (unrecorded_ != 0) return last_ != Last::value && last_ != Last::key;
    if (nodes_[current_].kind == Kind::object) return last_ == Last::colon;
    if (nodes_[current_].kind == Kind::array) return last_ == Last::open || last_ == Last::comma;
    return true;
  }

  /// Records a value. False if the table is full.
  bool add(Kind kind, std::size_t begin, std::size_t end) {
    valid_ = valid_ && value_allowed();
    last_ = Last::value;
    if (unrecorded_ != 0 || count_ == nodes_.size()) {
      complete_ = false;
      key_end_ = 0;
      return false;
    }
    Node& node = nodes_[count_];
    Node& parent = nodes_[current_];
    node.begin = static_cast<std::uint32_t>(begin);
    node.end = static_cast<std::uint32_t>(end);
    const bool has_key = key_end_ != 0 && parent.kind == Kind::object;
    node.key_begin = has_key ? key_begin_ : 0;
    node.key_end = has_key ? key_end_ : 0;
    node.parent = static_cast<std::uint32_t>(current_);
    node.children = 0;
    node.name = has_key ? name_of(text_.substr(key_begin_, key_end_ - key_begin_)) : element_name(parent.name);
    node.kind = kind;
    ++parent.children;
    key_end_ = 0;
    node.next = static_cast<std::uint32_t>(++count_);
    return true;
  }

  void open(Kind kind) {
    if (add(kind, at_, text_.size())) {
      current_ = count_ - 1;
    } else {
      ++unrecorded_;
    }
    last_ = Last::open;
    ++at_;
  }

  void close(Kind kind) {
    ++at_;
    valid_ = valid_ && (last_ == Last::open || last_ == Last::value);
    last_ = Last::value;
    if (unrecorded_ != 0) {
      --unrecorded_;
      return;
    }
    valid_ = valid_ && nodes_[current_].kind == kind;
    // A bracket of the wrong kind closes too: most often it is the bracket that is wrong, not the nesting.
    if (current_ != 0) close_current(at_);
  }

  void close_current(std::size_t end) {
    nodes_[current_].end = static_cast<std::uint32_t>(end);
    nodes_[current_].next = static_cast<std::uint32_t>(count_);
    current_ = nodes_[current_].parent;
    key_end_ = 0;
  }

  bool colon_follows(std::size_t at) const {
    while (at < text_.size() && is_space(text_[at])) ++at;
    return at < text_.size() && text_[at] == ':';
  }

  void string() {
    const Lexeme lexeme = lex_string(text_, at_);
    valid_ = valid_ && lexeme.valid;
    const bool in_object = unrecorded_ != 0 || nodes_[current_].kind == Kind::object;
    if (in_object && last_ != Last::colon && colon_follows(lexeme.end)) {
      valid_ = valid_ && (last_ == Last::open || last_ == Last::comma);
      key_begin_ = static_cast<std::uint32_t>(at_ + 1);
      key_end_ = static_cast<std::uint32_t>(lexeme.end - 1);
      last_ = Last::key;
    } else {
      add(Kind::string, at_, lexeme.end);
    }
    at_ = lexeme.end;
  }

  void run_of_bytes() {
    std::size_t end = at_ + 1;
    while (end < text_.size() && !ends_run(text_[end])) ++end;
    const std::string_view token = text_.substr(at_, end - at_);
    const Kind kind = is_number(token) ? Kind::number : is_literal(token) ? Kind::literal : Kind::stray;
    valid_ = valid_ && kind != Kind::stray;
    add(kind, at_, end);
    at_ = end;
  }

  std::string_view text_;
  std::vector<Node>& nodes_;
  std::size_t at_ = 0;
  std::size_t count_ = 1;
  std::size_t current_ = 0;
  std::size_t unrecorded_ = 0;  // how many open containers found no place
  std::uint32_t key_begin_ = 0;
  std::uint32_t key_end_ = 0;  // 0: no key is waiting for its value
  Last last_ = Last::open;
  bool valid_ = true;
  bool complete_ = true;
};

}  // namespace

JsonIndex::JsonIndex() : nodes_(kCapacity) {}

void JsonIndex::scan(std::string_view text) {
  text_ = text;
  Scan scan(text, nodes_);
  scan.run();
  count_ = scan.count();
  sound_ = scan.valid();
  complete_ = scan.complete();
}

std::uint32_t JsonIndex::member(std::uint32_t object, std::uint32_t name) const {
  if (nodes_[object].kind != Kind::object) return 0;
  for (std::uint32_t node = object + 1; node < nodes_[object].next; node = nodes_[node].next) {
    if (nodes_[node].name == name && nodes_[node].has_key()) return node;
  }
  return 0;
}

std::uint32_t JsonIndex::child(std::uint32_t container, std::uint32_t position) const {
  std::uint32_t node = container + 1;
  while (position-- != 0) node = nodes_[node].next;
  return node;
}

}  // namespace fuzz
