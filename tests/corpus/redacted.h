// What tests of the redactor share: a key, a secret, and texts without theirs.
#pragma once

#include <cctype>
#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>
#include <utility>

#include "corpus/json_text.h"
#include "corpus/redaction.h"

namespace redaction {

inline constexpr const char* kJwt =
    "eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJib3QiLCJ0aWQiOiJ0ZW5hbnQifQ.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg";
/// Opaque, and spelled differently wherever something is escaped.
inline constexpr const char* kSecret = R"(s3cr+t/Va"l\ue=~8)";

inline corpus::Redactor::Key key(int byte = 7) {
  corpus::Redactor::Key made;
  made.fill(static_cast<std::byte>(byte));
  return made;
}

inline corpus::Request request(corpus::Headers headers, std::string body, std::string target = "/") {
  return {"POST", std::move(target), std::move(headers), std::move(body), {}};
}

/// The body after redaction by a new redactor.
inline std::string redacted(std::string body, corpus::Headers headers = {}) {
  corpus::Redactor redactor(key());
  corpus::Request message = request(std::move(headers), std::move(body));
  redactor.redact(message);
  return message.body;
}

inline std::string redacted_header(const std::string& name, const std::string& value) {
  corpus::Redactor redactor(key());
  corpus::Response message{200, {{name, value}}, {}, {}};
  redactor.redact(message);
  return message.headers[0].value;
}

inline std::string redacted_target(std::string target) {
  corpus::Redactor redactor(key());
  corpus::Request message = request({}, "", std::move(target));
  redactor.redact(message);
  return message.target;
}

inline std::string stand_in(std::string_view secret) {
  return corpus::Redactor(key()).stand_in(secret);
}

inline std::string json_string(std::string_view text) {
  std::string out;
  corpus::append_json_string(out, text);
  return out;
}

/// Everything percent-encoded but letters and digits.
inline std::string percent(std::string_view text) {
  std::string out;
  for (unsigned char byte : text) {
    char code[4];
    std::snprintf(code, sizeof code, "%%%02X", byte);
    out += std::isalnum(byte) ? std::string(1, static_cast<char>(byte)) : code;
  }
  return out;
}

}  // namespace redaction
