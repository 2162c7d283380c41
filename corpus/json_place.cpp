#include "corpus/json_place.h"

#include "corpus/json_scan.h"

namespace corpus {

std::size_t nth_child(std::string_view text, std::size_t container, std::size_t n) {
  const bool object = text[container] == '{';
  std::size_t at = skip_json_space(text, container + 1);
  for (;; --n) {
    if (object) {
      const std::size_t colon = skip_json_space(text, end_of_json_value(text, at));
      at = skip_json_space(text, colon + 1);
    }
    if (n == 0) return at;
    const std::size_t comma = skip_json_space(text, end_of_json_value(text, at));
    at = skip_json_space(text, comma + 1);
  }
}

std::size_t nth_sibling(std::string_view text, std::size_t element, std::size_t n) {
  for (; n > 0; --n) {
    const std::size_t comma = skip_json_space(text, end_of_json_value(text, element));
    element = skip_json_space(text, comma + 1);
  }
  return element;
}

void append_pointer_step(std::string& pointer, std::string_view key) {
  pointer.push_back('/');
  for (const char letter : key) {
    if (letter == '~') {
      pointer.append("~0");
    } else if (letter == '/') {
      pointer.append("~1");
    } else {
      pointer.push_back(letter);
    }
  }
}

void append_pointer_step(std::string& pointer, std::size_t index) {
  pointer.append("/").append(std::to_string(index));
}

}  // namespace corpus
