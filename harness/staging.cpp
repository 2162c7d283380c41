#include "harness/staging.h"

#include <fmt/format.h>
#include <algorithm>

#include "corpus/compression.h"
#include "corpus/manner.h"

namespace harness {
namespace {

using corpus::Manner;
using corpus::Sending;

// Like a token to look at, and signed by nobody.
constexpr std::string_view kBrokenToken = "Bearer eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJyb2xsY2FsbCJ9.AAAA";

void remove_field(corpus::Headers& headers, std::string_view name) {
  std::erase_if(headers, [&](const corpus::Header& field) { return same_token(field.name, name); });
}

// Only what needs no key: other flaws are for whoever makes tokens.
void spoil_token(corpus::Headers& headers, corpus::TokenFlaw flaw) {
  if (flaw == corpus::TokenFlaw::none) remove_field(headers, "authorization");
  if (flaw == corpus::TokenFlaw::two) headers.push_back({"Authorization", std::string(kBrokenToken)});
}

// The message with the fields that its manner asks for.
template <typename Message>
Message prepared(Message message, const Sending& sending) {
  if (sending.gzip && !message.body.empty()) {
    message.body = corpus::compressed(message.body, corpus::Container::gzip);
    message.headers.push_back({"Content-Encoding", "gzip"});
  }
  if (sending.length) {
    remove_field(message.headers, "transfer-encoding");
    remove_field(message.headers, "content-length");
  } else if (!sending.pieces.empty()) {
    remove_field(message.headers, "content-length");
    message.headers.push_back({"Transfer-Encoding", "chunked"});
  }
  return message;
}

// The head ends with an empty line; what follows is content, or its one chunk.
struct Parts {
  std::string head;
  std::string_view body;
  bool chunked = false;
};

Parts parts_of(std::string_view wire, std::string_view body) {
  const std::size_t end = wire.find("\r\n\r\n") + 4;
  Parts parts{std::string(wire.substr(0, end)), {}, false};
  const std::string_view content = wire.substr(end);
  parts.chunked = parts.head.find("\r\nTransfer-Encoding: chunked\r\n") != std::string::npos;
  if (parts.chunked || content == body) parts.body = body;  // an answer to HEAD has none
  return parts;
}

void tell_length(std::string& head, std::int64_t length) {
  constexpr std::string_view kField = "\r\nContent-Length: ";
  if (const std::size_t at = head.find(kField); at != std::string::npos) head.erase(at, head.find("\r\n", at + 2) - at);
  head.insert(head.size() - 2, fmt::format("Content-Length: {}\r\n", length));
}

// Puts head and content together, piece by piece.
void lay_out(std::string& wire, const Parts& parts, const Sending& sending, Steps& steps) {
  wire.append(parts.head);
  std::string_view rest = parts.body;
  const auto add = [&](std::string_view piece) {
    if (parts.chunked) wire.append(fmt::format("{:x}\r\n", piece.size()));
    wire.append(piece);
    if (parts.chunked) wire.append("\r\n");
    rest.remove_prefix(piece.size());
  };
  for (const std::int64_t size : sending.pieces) {
    if (static_cast<std::size_t>(size) >= rest.size()) break;
    add(rest.substr(0, static_cast<std::size_t>(size)));
    steps.ends.push_back(wire.size());
  }
  if (!rest.empty()) add(rest);
  if (parts.chunked) wire.append("0\r\n\r\n");
  steps.ends.push_back(wire.size());
}

void break_off(std::string& wire, std::size_t head, const Sending& sending, Steps& steps) {
  if (sending.breaks == corpus::Breaking::nowhere) return;
  const bool in_pieces = steps.ends.size() > 1;
  const std::size_t within = in_pieces ? steps.ends.front() : head + (wire.size() - head) / 2;
  const std::size_t size = sending.breaks == corpus::Breaking::before ? 0 : within;
  wire.resize(size);
  steps.ends.clear();
  if (size != 0) steps.ends.push_back(size);
  steps.reset = true;
}

void stage(std::string& wire, std::string_view usual, std::string_view body, const Sending& sending, Steps& steps) {
  Parts parts = parts_of(usual, body);
  if (sending.length) tell_length(parts.head, *sending.length);
  lay_out(wire, parts, sending, steps);
  steps.hold = std::chrono::microseconds(sending.hold);
  steps.pause = std::chrono::microseconds(sending.pause);
  steps.last = sending.length.has_value();
  break_off(wire, parts.head.size(), sending, steps);
}

Manner manner_in(const std::string& extra) {
  return extra.empty() ? Manner{} : corpus::manner_of(extra).value_or(Manner{});
}

}  // namespace

void stage_request(std::string& wire, const corpus::Request& request, const Url& upstream, Steps& steps) {
  steps = {};
  const Manner manner = manner_in(request.extra);
  if (manner == Manner{}) return append_request(wire, request, upstream);
  corpus::Request changed = request;
  if (manner.token) spoil_token(changed.headers, *manner.token);
  if (!manner.sending) return append_request(wire, changed, upstream);
  changed = prepared(std::move(changed), *manner.sending);
  std::string usual;
  append_request(usual, changed, upstream);
  stage(wire, usual, changed.body, *manner.sending, steps);
}

void stage_response(std::string& wire, const corpus::Response& response, const Framing& framing, Steps& steps) {
  steps = {};
  const Manner manner = manner_in(response.extra);
  if (!manner.sending) return append_response(wire, response, framing);
  const corpus::Response changed = prepared(response, *manner.sending);
  std::string usual;
  append_response(usual, changed, framing);
  stage(wire, usual, changed.body, *manner.sending, steps);
}

}  // namespace harness
