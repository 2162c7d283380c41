// Values that Graph has, had, or could have next; and the right values in the wrong type.
#include "fuzz/escapes.h"
#include "fuzz/json_lexer.h"
#include "fuzz/mutations/edits.h"
#include "fuzz/mutations/mutations.h"
#include "fuzz/names.h"

namespace fuzz {
namespace {

bool is_lower(char byte) {
  return byte >= 'a' && byte <= 'z';
}
bool is_upper(char byte) {
  return byte >= 'A' && byte <= 'Z';
}
char swapped(char byte) {
  return is_lower(byte) || is_upper(byte) ? static_cast<char>(byte ^ 0x20) : byte;
}
char upper(char byte) {
  return is_lower(byte) ? swapped(byte) : byte;
}
char lower(char byte) {
  return is_upper(byte) ? swapped(byte) : byte;
}

/// Another casing of the text: only the first letter, all upper, all lower, or one letter anywhere.
void recase(std::string_view text, Random& random, Scratch& out) {
  const std::uint32_t how = random.below(5);
  const std::size_t place = how == 4 ? random.below(text.size()) : 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char byte = text[at];
    out.add(how == 2 ? upper(byte) : how == 3 ? lower(byte) : at == place ? swapped(byte) : byte);
  }
}

/// The number that the text is, or nothing. No more digits than all readers take, and no exponent: 1e400 is JSON by its
/// grammar, but many refuse it.
std::string_view number_in(std::string_view text) {
  const bool plain = text.size() <= 18 && text.find_first_of("eE") == std::string_view::npos;
  return plain && is_number(text) ? text : std::string_view();
}

}  // namespace

bool known_value(Workbench& bench, std::uint32_t at) {
  const Node& node = bench.index[at];
  for (int attempt = 0; attempt < 3; ++attempt) {
    const std::string_view value = bench.vocabulary.value(node.name, bench.random);
    if (value.empty()) return false;
    if (value != bench.index.value(node)) return set_value(bench, at, value);
  }
  return false;
}

bool unknown_value(Workbench& bench, std::uint32_t at) {
  static constexpr std::string_view kUnknown[] = {
      "unknownFutureValue", "somethingElse", "none", "unknown", "", "0", "null", "default"};
  const std::uint32_t how = bench.random.below(6);
  if (how > 2) return set_text(bench, at, bench.random.pick(kUnknown));
  text_of(bench, at);
  if (how == 0) {
    bench.scratch.add(bench.random.one_in(2) ? "X" : " ");
  } else if (how == 1 && bench.scratch.size() > 1) {
    bench.scratch.resize(bench.random.one_in(2) ? bench.scratch.size() - 1
                                                : 1 + bench.random.below(bench.scratch.size() - 1));
  } else if (bench.scratch.size() != 0) {
    // A letter of another alphabet that looks the same, or nearly.
    const std::size_t place = bench.random.below(bench.scratch.size());
    const std::string_view text = bench.scratch.view();
    bench.other.clear();
    bench.other.add('"');
    escape(text.substr(0, place), bench.other);
    add_utf8(text[place] == 'a' ? 0x430 : text[place] == 'e' ? 0x435 : 0x456, bench.other);
    escape(text.substr(place + 1), bench.other);
    bench.other.add('"');
    return set_value(bench, at, bench.other.view());
  }
  return set_text(bench, at, bench.scratch.view());
}

bool recase_value(Workbench& bench, std::uint32_t at) {
  const std::string_view text = inside(bench.index.value(bench.index[at]));
  if (text.empty()) return false;
  bench.scratch.clear();
  bench.scratch.add('"');
  // Letters of escapes would change their meaning.
  if (text.find('\\') != std::string_view::npos) return false;
  recase(text, bench.random, bench.scratch);
  bench.scratch.add('"');
  return bench.scratch.view() != bench.index.value(bench.index[at]) && set_value(bench, at, bench.scratch.view());
}

bool swap_type(Workbench& bench, std::uint32_t at) {
  std::string_view type = bench.vocabulary.value(names::kODataType, bench.random);
  // One of the same document half of the time: a type that this handler knows, in the wrong place.
  const std::uint32_t other = bench.random.one_in(2) ? another_named(bench, at) : 0;
  if (other != 0 && bench.index[other].name == names::kODataType) type = bench.index.value(bench.index[other]);
  return !type.empty() && type != bench.index.value(bench.index[at]) && set_value(bench, at, type);
}

bool respell_type(Workbench& bench, std::uint32_t at) {
  text_of(bench, at);
  const std::string_view type = bench.scratch.view();
  const std::string_view bare = type.starts_with('#') ? type.substr(1) : type;
  const std::string_view last = bare.substr(bare.rfind('.') == std::string_view::npos ? 0 : bare.rfind('.') + 1);
  bench.other.clear();
  bench.other.add('"');
  switch (bench.random.below(7)) {
    case 0:
    case 1:
      bench.other.add(type.starts_with('#') ? "" : "#");
      escape(bare, bench.other);
      break;
    case 2:
      bench.other.add("##");
      escape(bare, bench.other);
      break;
    case 3:
      escape(last, bench.other);
      break;
    case 4:
      bench.other.add("#graph.");
      escape(last, bench.other);
      break;
    case 5:
      bench.other.add("#microsoft.graph.");
      break;
    default:
      bench.other.add("https://graph.microsoft.com/v1.0/$metadata#microsoft.graph.");
      escape(last, bench.other);
  }
  bench.other.add('"');
  return set_value(bench, at, bench.other.view());
}

bool null_value(Workbench& bench, std::uint32_t at) {
  return bench.index.value(bench.index[at]) != "null" && set_value(bench, at, "null");
}

bool retype_value(Workbench& bench, std::uint32_t at) {
  const Node& node = bench.index[at];
  const std::string_view value = bench.index.value(node);
  bench.scratch.clear();
  if (node.kind == Kind::string) {
    const std::string_view number = number_in(inside(value));
    static constexpr std::string_view kInstead[] = {"0", "1", "-1", "true", "false", "12345", "1.5"};
    return set_value(bench, at, number.empty() ? bench.random.pick(kInstead) : number);
  }
  if (node.kind == Kind::literal && bench.random.one_in(2)) {
    static constexpr std::string_view kInstead[] = {"0", "1", "\"\"", "true", "false", "\"True\"", "\"0\"", "-1"};
    return set_value(bench, at, bench.random.pick(kInstead));
  }
  bench.scratch.add('"').add(value).add('"');
  return set_value(bench, at, bench.scratch.view());
}

bool replace_kind(Workbench& bench, std::uint32_t at) {
  static constexpr std::string_view kInstead[] = {
      "{}",   "[]",     "null", "0",   "-1",     "1.5",      "true", "false", "\"\"",   "\"x\"",
      "[{}]", "[null]", "[[]]", "[0]", "[\"\"]", "{\"\":0}", "1e2",  "\"0\"", "[[[]]]", "{\"id\":null}"};
  return set_value(bench, at, bench.random.pick(kInstead));
}

bool respell_key(Workbench& bench, std::uint32_t at) {
  const Node& node = bench.index[at];
  const std::string_view key = bench.index.key(node);
  if (key.empty() || key.find('\\') != std::string_view::npos) return false;
  bench.scratch.clear();
  const std::size_t code = key.find("ubcode");
  const std::size_t sub_code = key.find("ubCode");
  if (code != std::string_view::npos || sub_code != std::string_view::npos) {
    bench.scratch.add(code != std::string_view::npos ? "subCode" : "subcode");
  } else if (bench.random.one_in(4)) {
    bench.scratch.add(key.starts_with('@') ? key.substr(1) : key).add(key.starts_with('@') ? "" : " ");
  } else {
    recase(key, bench.random, bench.scratch);
  }
  if (bench.scratch.view() == key) return false;
  bench.draft.replace(node.key_begin, node.key_end, bench.scratch.view());
  bench.draft.finish();
  return true;
}

}  // namespace fuzz
