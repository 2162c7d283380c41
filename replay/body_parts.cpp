#include "replay/body_parts.h"

#include <algorithm>
#include <utility>

#include "corpus/ascii.h"

namespace replay {
namespace {

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") + 1 - begin);
}

// Where a value that may be quoted ends: at a semicolon outside the quotes.
std::size_t end_of_parameter(std::string_view text) {
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && quoted) {
      ++i;
    } else if (text[i] == '"') {
      quoted = !quoted;
    } else if (text[i] == ';' && !quoted) {
      return i;
    }
  }
  return text.size();
}

std::string unquoted(std::string_view value) {
  if (value.size() < 2 || value.front() != '"' || value.back() != '"') return std::string(value);
  std::string text;
  for (std::size_t i = 1; i + 1 < value.size(); ++i) {
    if (value[i] == '\\' && i + 2 < value.size()) ++i;
    text += value[i];
  }
  return text;
}

// A parameter of a header's value (`form-data; name="metadata"`); empty if there is none.
std::string parameter(std::string_view header, std::string_view lower_name) {
  std::size_t end = end_of_parameter(header);
  while (end < header.size()) {
    header.remove_prefix(end + 1);
    end = end_of_parameter(header);
    const std::string_view pair = header.substr(0, end);
    const std::size_t equals = pair.find('=');
    if (equals != std::string_view::npos && corpus::same_word(trimmed(pair.substr(0, equals)), lower_name)) {
      return unquoted(trimmed(pair.substr(equals + 1)));
    }
  }
  return {};
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char letter = corpus::lower(c);
  return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

std::string decoded(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '%' && i + 2 < text.size();
    const int high = escape ? hex_value(text[i + 1]) : -1;
    const int low = escape ? hex_value(text[i + 2]) : -1;
    if (high >= 0 && low >= 0) {
      result += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      result += text[i] == '+' ? ' ' : text[i];
    }
  }
  return result;
}

std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// One part: headers, an empty line, content. `place` is its name if the headers give it none.
BodyPart part_of(std::string_view text, std::size_t place) {
  BodyPart part;
  std::string id;
  while (!text.empty()) {
    const std::string_view line = take_line(text);
    if (line.empty()) break;
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string_view name = line.substr(0, colon);
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (corpus::same_word(name, "content-type")) part.type = value;
    if (corpus::same_word(name, "content-disposition")) part.name = parameter(value, "name");
    if (corpus::same_word(name, "content-id")) id = value;
  }
  if (part.name.empty()) part.name = id.empty() ? std::to_string(place) : id;
  part.content = text;
  return part;
}

// Where a line begins with the delimiter, from `at` on; npos if none does.
std::size_t delimiter_from(std::string_view body, std::string_view delimiter, std::size_t at) {
  for (; (at = body.find(delimiter, at)) != std::string_view::npos; ++at) {
    if (at != 0 && body[at - 1] != '\n') continue;
    std::string_view rest = body.substr(at + delimiter.size());
    rest = rest.substr(0, rest.find('\n'));
    if (rest.starts_with("--")) rest.remove_prefix(2);
    if (trimmed(rest).empty()) return at;  // else the boundary is the beginning of a longer line
  }
  return at;
}

}  // namespace

std::string_view header_value(const corpus::Headers& headers, std::string_view lower_name) {
  const auto found = std::ranges::find_if(
      headers, [&](const corpus::Header& header) { return corpus::same_word(header.name, lower_name); });
  return found == headers.end() ? std::string_view() : std::string_view(found->value);
}

std::string media_type(std::string_view content_type) {
  std::string type(trimmed(content_type.substr(0, content_type.find(';'))));
  std::ranges::transform(type, type.begin(), corpus::lower);
  return type;
}

std::vector<BodyPart> form_fields(std::string_view body) {
  std::vector<BodyPart> fields;
  while (!body.empty()) {
    const std::size_t end = body.find('&');
    const std::string_view field = body.substr(0, end);
    const std::size_t equals = field.find('=');
    if (!field.empty()) {
      fields.push_back({decoded(field.substr(0, equals)),
                        {},
                        equals == std::string_view::npos ? std::string() : decoded(field.substr(equals + 1))});
    }
    body = end == std::string_view::npos ? std::string_view() : body.substr(end + 1);
  }
  return fields;
}

std::optional<std::vector<BodyPart>> multipart_parts(std::string_view content_type, std::string_view body) {
  const std::string boundary = parameter(content_type, "boundary");
  if (boundary.empty()) return std::nullopt;
  const std::string delimiter = "--" + boundary;
  std::vector<BodyPart> parts;
  std::size_t at = delimiter_from(body, delimiter, 0);
  while (at != std::string_view::npos && !body.substr(at + delimiter.size()).starts_with("--")) {
    const std::size_t line = body.find('\n', at);
    const std::size_t next = line == std::string_view::npos ? line : delimiter_from(body, delimiter, line + 1);
    if (next == std::string_view::npos) return std::nullopt;
    std::string_view text = body.substr(line + 1, next - line - 1);
    if (text.ends_with('\n')) text.remove_suffix(1);  // the line end before a delimiter belongs to it
    if (text.ends_with('\r')) text.remove_suffix(1);
    parts.push_back(part_of(text, parts.size() + 1));
    at = next;
  }
  if (at == std::string_view::npos) return std::nullopt;
  return parts;
}

}  // namespace replay
