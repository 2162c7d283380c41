#include "fuzz/payload_reductions.h"

#include <algorithm>
#include <array>
#include <vector>

#include "fuzz/json_lexer.h"

namespace fuzz {
namespace {

// What is to be left out of a text, from front to back.
class Cuts {
 public:
  explicit Cuts(std::string_view text) : text_(text) {}

  void add(std::size_t begin, std::size_t end) {
    if (begin < end) cuts_.push_back({begin, end});
  }
  bool apply(std::string& out) const {
    out.clear();
    std::size_t at = 0;
    for (const auto& [begin, end] : cuts_) {
      if (begin > at) out += text_.substr(at, begin - at);
      at = std::max(at, end);
    }
    out += text_.substr(at);
    return !cuts_.empty();
  }

 private:
  struct Cut {
    std::size_t begin;
    std::size_t end;
  };
  std::string_view text_;
  std::vector<Cut> cuts_;
};

// The first node that may go: of a text with one top-level value, none is left without it.
std::size_t first_value(const JsonIndex& index) {
  return index[0].children > 1 ? 1 : 2;
}

// Where a value begins with its key.
std::size_t outer_begin(const Node& node) {
  return node.has_key() ? node.key_begin - 1 : node.begin;
}

std::size_t count_values(const JsonIndex& index) {
  const std::size_t nodes = index.nodes().size();
  return nodes - std::min(nodes, first_value(index));
}

// Each goes with one comma: the one in front of it if anything is left there, else the one behind.
bool take_values(const JsonIndex& index, std::size_t begin, std::size_t end, std::string& out) {
  const std::span<const Node> nodes = index.nodes();
  struct Container {
    std::size_t last_end = 0;  // of the child before, whether it stays or goes
    bool keeps = false;        // a child
  };
  std::vector<Container> containers(nodes.size());
  Cuts cuts(index.text());
  begin += first_value(index);
  end += first_value(index);
  for (std::size_t at = 1; at < nodes.size();) {
    const Node& node = nodes[at];
    Container& parent = containers[node.parent];
    const bool goes = at >= begin && at < end;
    if (goes && parent.keeps) {
      cuts.add(parent.last_end, node.end);
    } else if (goes) {
      const bool has_next = node.next < nodes.size() && nodes[node.next].parent == node.parent;
      cuts.add(outer_begin(node), has_next ? outer_begin(nodes[node.next]) : node.end);
    }
    parent.keeps = parent.keeps || !goes;
    parent.last_end = node.end;
    at = goes ? node.next : at + 1;
  }
  return cuts.apply(out);
}

// A value in the place of the one that holds it: single ones only.
bool take_level(const JsonIndex& index, std::size_t begin, std::size_t end, std::string& out) {
  if (end - begin != 1) return false;
  const Node& node = index[begin + 2];
  const Node& parent = index[node.parent];
  if (!parent.is_container()) return false;
  Cuts cuts(index.text());
  cuts.add(parent.begin, node.begin);
  cuts.add(node.end, parent.end);
  return cuts.apply(out);
}

std::size_t count_levels(const JsonIndex& index) {
  return index.nodes().size() - std::min<std::size_t>(2, index.nodes().size());
}

// Calls `each(begin, end)` for every character of keys, strings and numbers; an escape is one, and so is a byte that
// is no UTF-8.
template <typename Each>
void each_character(const JsonIndex& index, const Each& each) {
  const std::string_view text = index.text();
  const auto walk = [&](std::size_t at, std::size_t end) {
    while (at < end) {
      std::size_t length = text[at] == '\\' ? escape_length(text, at) : utf8_length(text, at);
      length = std::clamp<std::size_t>(length, 1, end - at);
      each(at, at + length);
      at += length;
    }
  };
  for (const Node& node : index.nodes().subspan(1)) {
    if (node.has_key()) walk(node.key_begin, node.key_end);
    if (node.kind == Kind::number) walk(node.begin, node.end);
    if (node.kind == Kind::string) walk(node.begin + 1, std::max(node.begin + 1, node.end - 1));
  }
}

std::size_t count_characters(const JsonIndex& index) {
  std::size_t count = 0;
  each_character(index, [&](std::size_t, std::size_t) { ++count; });
  return count;
}

bool take_characters(const JsonIndex& index, std::size_t begin, std::size_t end, std::string& out) {
  Cuts cuts(index.text());
  std::size_t unit = 0;
  each_character(index, [&](std::size_t from, std::size_t to) {
    if (unit >= begin && unit < end) cuts.add(from, to);
    ++unit;
  });
  return cuts.apply(out);
}

// The smallest value there is in the place of another: single ones only.
bool take_meaning(const JsonIndex& index, std::size_t begin, std::size_t end, std::string& out) {
  if (end - begin != 1) return false;
  const Node& node = index[begin + 1];
  const std::string_view text = index.text();
  out.assign(text.substr(0, node.begin)).append("0").append(text.substr(node.end));
  return true;
}

std::size_t count_nodes(const JsonIndex& index) {
  return index.nodes().size() - 1;
}

// Calls `each(at)` for every byte of white space between tokens.
template <typename Each>
void each_space(const JsonIndex& index, const Each& each) {
  const std::string_view text = index.text();
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '"') {
      at = std::max(lex_string(text, at).end, at + 1);
      continue;
    }
    if (is_space(text[at])) each(at);
    ++at;
  }
}

std::size_t count_spaces(const JsonIndex& index) {
  std::size_t count = 0;
  each_space(index, [&](std::size_t) { ++count; });
  return count;
}

bool take_spaces(const JsonIndex& index, std::size_t begin, std::size_t end, std::string& out) {
  Cuts cuts(index.text());
  std::size_t unit = 0;
  each_space(index, [&](std::size_t at) {
    if (unit >= begin && unit < end) cuts.add(at, at + 1);
    ++unit;
  });
  return cuts.apply(out);
}

std::size_t count_bytes(const JsonIndex& index) {
  return index.well_formed() ? 0 : index.text().size();
}

bool take_bytes(const JsonIndex& index, std::size_t begin, std::size_t end, std::string& out) {
  Cuts cuts(index.text());
  cuts.add(begin, end);
  return cuts.apply(out);
}

constexpr std::array kReductions{
    PayloadReduction{"values", count_values, take_values},
    PayloadReduction{"nesting", count_levels, take_level},
    PayloadReduction{"characters", count_characters, take_characters},
    PayloadReduction{"kinds of values", count_nodes, take_meaning},
    PayloadReduction{"white space", count_spaces, take_spaces},
    PayloadReduction{"bytes", count_bytes, take_bytes},
};

}  // namespace

std::span<const PayloadReduction> payload_reductions() {
  return kReductions;
}

}  // namespace fuzz
