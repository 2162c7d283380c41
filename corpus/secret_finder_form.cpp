// What SecretFinder knows of forms in parts, of URLs, and of credentials in running text.
#include <algorithm>
#include <string>

#include "corpus/ascii.h"
#include "corpus/secret_finder.h"
#include "corpus/text_scan.h"

namespace corpus {
namespace {

/// What the tokens behind "Bearer" are made of (RFC 6750, 2.1), but for the `=` at their end.
bool is_token_byte(char byte) {
  return is_alphanumeric(byte) || std::string_view("-._~+/").find(byte) != std::string_view::npos;
}

/// Where the headers of a part end; nothing if they do not.
struct HeadEnd {
  std::size_t value = std::string_view::npos;
  std::string_view line_end = "\r\n";
};

HeadEnd end_of_head(std::string_view text, std::size_t from) {
  for (std::size_t at = text.find('\n', from); at != text.npos; at = text.find('\n', at + 1)) {
    if (text.substr(at + 1).starts_with("\r\n")) return {at + 3, "\r\n"};
    if (text.substr(at + 1).starts_with('\n')) return {at + 2, "\n"};
  }
  return {};
}

/// The name that begins here, with or without quotes.
std::string_view name_at(std::string_view text, std::size_t begin) {
  const bool quoted = text.substr(begin).starts_with('"');
  if (quoted) ++begin;
  const std::size_t end = text.find_first_of(quoted ? "\"\r\n" : "; \t\r\n", begin);
  return text.substr(begin, std::min(end, text.size()) - begin);
}

}  // namespace

void SecretFinder::look_into_multipart() {
  constexpr std::string_view kNameIs = "name=";
  const std::string_view first_line = text_.substr(0, text_.find_first_of("\r\n"));
  const std::string_view boundary = first_line.starts_with("--") ? first_line : "--";
  for (std::size_t at = text_.find(kNameIs); at != text_.npos; at = text_.find(kNameIs, at + 1)) {
    if (at > 0 && is_alphanumeric(text_[at - 1])) continue;  // filename=
    if (secret_in_parameter(name_at(text_, at + kNameIs.size())) == ParameterSecret::none) continue;
    const HeadEnd head = end_of_head(text_, at);
    if (head.value == text_.npos) break;
    const std::string delimiter = std::string(head.line_end).append(boundary);
    const std::size_t end = std::min(text_.find(delimiter, head.value), text_.size());
    const std::string_view part = text_.substr(head.value, end - head.value);
    take(part, part, Clue::parameter);
    at = end - 1;
  }
  look_into_text();
}

// https://user:password@host
void SecretFinder::find_url_passwords() {
  constexpr std::string_view kMark = "://";
  for (std::size_t mark = find_word(text_, kMark, 0); mark != text_.npos; mark = find_word(text_, kMark, mark + 1)) {
    const std::size_t begin = mark + kMark.size();
    const std::size_t end = std::min(text_.find_first_of("/?#\"'<>\\ \t\r\n", begin), text_.size());
    const std::string_view authority = text_.substr(begin, end - begin);
    const std::size_t at = authority.rfind('@');
    if (at == authority.npos) continue;
    const std::string_view user = authority.substr(0, at);
    const std::size_t colon = user.find(':');
    if (colon == user.npos) continue;
    take(user.substr(colon + 1), user.substr(colon + 1), Clue::url_password);
  }
}

// "INFO Authorization: Bearer …" in what a program wrote. The challenge of a server looks alike
// (Bearer authorization_uri="…"), but words have no digits.
void SecretFinder::find_bearers() {
  constexpr std::string_view kScheme = "earer ";
  constexpr std::size_t kShortestToken = 16;
  for (std::size_t at = find_word(text_, kScheme, 0); at != text_.npos;) {
    const std::size_t begin = at + kScheme.size();
    std::size_t end = begin;
    while (end < text_.size() && is_token_byte(text_[end])) ++end;
    while (end > begin && text_[end - 1] == '.') --end;  // the full stop of a sentence
    const std::string_view letters = text_.substr(begin, end - begin);
    while (end < text_.size() && text_[end] == '=') ++end;
    const bool is_scheme = at > 0 && (text_[at - 1] | 32) == 'b';
    if (is_scheme && letters.size() >= kShortestToken && std::ranges::any_of(letters, is_digit)) {
      const std::string_view token = text_.substr(begin, end - begin);
      take(token, token, Clue::token);
    }
    at = find_word(text_, kScheme, end);
  }
}

}  // namespace corpus
