#include "harness/http_message.h"

#include <algorithm>
#include <array>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <charconv>

#include "harness/failure.h"

namespace harness {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

enum class Kind { end_to_end, hop_by_hop, connection, length, coding, host, expect };

// RFC 9110, 7.6.1, and the two fields of proxy authentication, which are between a client and its next proxy. By length
// first: most fields have one that none of these has.
Kind kind_of(std::string_view name) {
  // Of what a field name may hold, setting the bit makes nothing but a capital into a small letter of `known`.
  const auto is = [name](std::string_view known) {
    for (std::size_t at = 0; at < known.size(); ++at) {
      if ((name[at] | 0x20) != known[at]) return false;
    }
    return true;
  };
  switch (name.size()) {
    case 2:
      return is("te") ? Kind::hop_by_hop : Kind::end_to_end;
    case 4:
      return is("host") ? Kind::host : Kind::end_to_end;
    case 6:
      return is("expect") ? Kind::expect : Kind::end_to_end;
    case 7:
      return is("trailer") || is("upgrade") ? Kind::hop_by_hop : Kind::end_to_end;
    case 10:
      return is("connection") ? Kind::connection : is("keep-alive") ? Kind::hop_by_hop : Kind::end_to_end;
    case 14:
      return is("content-length") ? Kind::length : Kind::end_to_end;
    case 16:
      return is("proxy-connection") ? Kind::hop_by_hop : Kind::end_to_end;
    case 17:
      return is("transfer-encoding") ? Kind::coding : Kind::end_to_end;
    case 18:
      return is("proxy-authenticate") ? Kind::hop_by_hop : Kind::end_to_end;
    case 19:
      return is("proxy-authorization") ? Kind::hop_by_hop : Kind::end_to_end;
    default:
      return Kind::end_to_end;
  }
}

// Whether a comma-separated list names the token.
bool lists(std::string_view list, std::string_view token) {
  while (!list.empty()) {
    const auto comma = list.find(',');
    std::string_view item = list.substr(0, comma);
    while (!item.empty() && (item.front() == ' ' || item.front() == '\t')) item.remove_prefix(1);
    while (!item.empty() && (item.back() == ' ' || item.back() == '\t')) item.remove_suffix(1);
    if (same_token(item, token)) return true;
    if (comma == std::string_view::npos) return false;
    list.remove_prefix(comma + 1);
  }
  return false;
}

// Whether there is a Connection field that says more than what nearly all of them say.
bool connection_names_fields(const corpus::Headers& headers) {
  return std::ranges::any_of(headers, [](const corpus::Header& field) {
    return kind_of(field.name) == Kind::connection && !same_token(field.value, "keep-alive") &&
           !same_token(field.value, "close");
  });
}

bool named_by_connection(const corpus::Headers& headers, std::string_view name) {
  return std::ranges::any_of(headers, [&](const corpus::Header& field) {
    return kind_of(field.name) == Kind::connection && lists(field.value, name);
  });
}

void append_field(std::string& wire, std::string_view name, std::string_view value) {
  wire.append(name).append(": ").append(value).append("\r\n");
}

void append_number(std::string& wire, std::size_t number, int base = 10) {
  std::array<char, 20> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number, base).ptr;
  wire.append(digits.data(), end);
}

// How the end of a message is told.
enum class Length {
  counted,  // Content-Length with the size of the body
  chunked,
  quoted,  // no body; a Content-Length field speaks of another message and is passed on as it is (HEAD, 304)
  none,    // no body and no Content-Length (204)
};

struct Content {
  std::string_view body;
  Length length = Length::counted;
};

void append_length(std::string& wire, std::string_view name, std::size_t size) {
  wire.append(name).append(": ");
  append_number(wire, size);
  wire.append("\r\n");
}

// The fields of a message, without the empty line. `host` replaces Host; empty: there is none (an answer).
void append_fields(std::string& wire, const corpus::Headers& headers, const Content& content, std::string_view host) {
  const bool names_fields = connection_names_fields(headers);
  bool framed = false;
  bool hosted = host.empty();
  for (const corpus::Header& field : headers) {
    switch (kind_of(field.name)) {
      case Kind::hop_by_hop:
      case Kind::connection:
      case Kind::expect:
      case Kind::coding:
        break;
      case Kind::host:
        if (!hosted) append_field(wire, field.name, host);
        hosted = true;
        break;
      case Kind::length:
        if (!framed && content.length == Length::counted) append_length(wire, field.name, content.body.size());
        if (content.length == Length::quoted) append_field(wire, field.name, field.value);
        framed = true;
        break;
      case Kind::end_to_end:
        if (names_fields && named_by_connection(headers, field.name)) break;
        append_field(wire, field.name, field.value);
    }
  }
  if (!hosted) append_field(wire, "Host", host);
  if (content.length == Length::chunked) wire.append("Transfer-Encoding: chunked\r\n");
  if (content.length == Length::counted && !framed && !content.body.empty()) {
    append_length(wire, "Content-Length", content.body.size());
  }
}

void append_content(std::string& wire, const Content& content) {
  wire.append("\r\n");
  if (content.length != Length::chunked) {
    wire.append(content.body);
    return;
  }
  if (!content.body.empty()) {
    append_number(wire, content.body.size(), 16);
    wire.append("\r\n").append(content.body).append("\r\n");
  }
  wire.append("0\r\n\r\n");
}

bool is_chunked(const corpus::Headers& headers) {
  return find_header(headers, "transfer-encoding").has_value();
}

// A reason phrase is for people; the session does not keep it, so the usual one is sent.
std::string_view reason_of(int status) {
  struct Phrase {
    int status;
    std::string_view text;
  };
  static constexpr std::array kPhrases{Phrase{200, "OK"},
                                       Phrase{201, "Created"},
                                       Phrase{202, "Accepted"},
                                       Phrase{204, "No Content"},
                                       Phrase{206, "Partial Content"},
                                       Phrase{301, "Moved Permanently"},
                                       Phrase{302, "Found"},
                                       Phrase{304, "Not Modified"},
                                       Phrase{307, "Temporary Redirect"},
                                       Phrase{308, "Permanent Redirect"},
                                       Phrase{400, "Bad Request"},
                                       Phrase{401, "Unauthorized"},
                                       Phrase{403, "Forbidden"},
                                       Phrase{404, "Not Found"},
                                       Phrase{405, "Method Not Allowed"},
                                       Phrase{408, "Request Timeout"},
                                       Phrase{409, "Conflict"},
                                       Phrase{410, "Gone"},
                                       Phrase{412, "Precondition Failed"},
                                       Phrase{413, "Content Too Large"},
                                       Phrase{415, "Unsupported Media Type"},
                                       Phrase{422, "Unprocessable Content"},
                                       Phrase{429, "Too Many Requests"},
                                       Phrase{431, "Request Header Fields Too Large"},
                                       Phrase{500, "Internal Server Error"},
                                       Phrase{501, "Not Implemented"},
                                       Phrase{502, "Bad Gateway"},
                                       Phrase{503, "Service Unavailable"},
                                       Phrase{504, "Gateway Timeout"}};
  const auto* found = std::ranges::find(kPhrases, status, &Phrase::status);
  return found == kPhrases.end() ? std::string_view() : found->text;
}

// A target in absolute form, as sent to a forward proxy, is taken like the path that it holds (RFC 9112, 3.2.2).
std::string_view origin_form(std::string_view target) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (target.size() < scheme.size() || !same_token(target.substr(0, scheme.size()), scheme)) continue;
    const auto path = target.find_first_of("/?", scheme.size());
    return path == std::string_view::npos ? "/" : target.substr(path);
  }
  return target;
}

Content content_of(const corpus::Response& response, const Framing& framing) {
  if (response.status == 204) return {"", Length::none};
  if (framing.head || response.status == 304) return {"", Length::quoted};
  if (is_chunked(response.headers) && !framing.http_1_0) return {response.body, Length::chunked};
  return {response.body, Length::counted};
}

}  // namespace

bool same_token(std::string_view left, std::string_view right) {
  if (left.size() != right.size()) return false;
  for (std::size_t at = 0; at < left.size(); ++at) {
    if (lower(left[at]) != lower(right[at])) return false;
  }
  return true;
}

std::optional<std::string_view> find_header(const corpus::Headers& headers, std::string_view name) {
  for (const corpus::Header& field : headers) {
    if (field.name.size() == name.size() && same_token(field.name, name)) return field.value;
  }
  return std::nullopt;
}

void append_request(std::string& wire, const corpus::Request& request, const Url& upstream) {
  const std::string_view target = origin_form(request.target);
  wire.append(request.method).append(" ");
  if (target != "*") wire.append(upstream.path);
  if (target.starts_with('?')) wire.append("/");
  wire.append(target).append(" HTTP/1.1\r\n");
  const Content content{request.body, is_chunked(request.headers) ? Length::chunked : Length::counted};
  append_fields(wire, request.headers, content, upstream.authority);
  append_content(wire, content);
}

void append_response(std::string& wire, const corpus::Response& response, const Framing& framing) {
  wire.append("HTTP/1.1 ");
  append_number(wire, static_cast<std::size_t>(response.status));
  wire.append(" ").append(reason_of(response.status)).append("\r\n");
  const Content content = content_of(response, framing);
  append_fields(wire, response.headers, content, "");
  if (content.length == Length::counted && content.body.empty() && !find_header(response.headers, "content-length")) {
    wire.append("Content-Length: 0\r\n");  // without it the caller would wait for the connection to end
  }
  if (!framing.keep_alive) wire.append("Connection: close\r\n");
  if (framing.keep_alive && framing.http_1_0) wire.append("Connection: keep-alive\r\n");
  append_content(wire, content);
}

corpus::Response error_response(int status, std::string_view code, std::string_view message) {
  const boost::json::value body = {
      {"error", {{"code", boost::json::string_view(code)}, {"message", boost::json::string_view(message)}}}};
  return {.status = status,
          .headers = {{"Content-Type", "application/json"}},
          .body = boost::json::serialize(body),
          .extra = ""};
}

corpus::Response no_answer_response(std::string_view reason, std::string_view message) {
  const bool late = reason == failure::kTimeout;
  return error_response(late ? 504 : 502, late ? "rollcallUpstreamTimeout" : "rollcallUpstreamFailed", message);
}

bool is_idempotent(std::string_view method) {
  static constexpr std::array<std::string_view, 6> kIdempotent{"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"};
  return std::ranges::find(kIdempotent, method) != kIdempotent.end();
}

}  // namespace harness
