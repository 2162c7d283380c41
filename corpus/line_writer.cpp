#include "corpus/line_writer.h"

#include <array>
#include <cassert>
#include <charconv>

#include "corpus/session_file.h"

namespace corpus {
namespace {

void append_number(std::string& out, std::int64_t number) {
  std::array<char, 20> digits;
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  out.append(digits.data(), end);
}

void append_extra(std::string& out, std::string_view extra) {
  if (extra.empty()) return;
  out.push_back(',');
  out.append(extra);
}

void append_named(std::string& out, std::string_view name_and_colon, std::string_view bytes) {
  out.append(name_and_colon);
  append_json_bytes(out, bytes);
}

void append_headers(std::string& out, const Headers& headers) {
  out.append(R"(,"headers":[)");
  for (const Header& header : headers) {
    out.push_back('[');
    append_json_bytes(out, header.name);
    out.push_back(',');
    append_json_bytes(out, header.value);
    out.append("],");
  }
  if (headers.empty()) {
    out.push_back(']');
  } else {
    out.back() = ']';
  }
}

void append_start(std::string& out, std::int64_t number, Micros time) {
  assert(number >= 0 && time >= 0);
  out.append(R"({"x":)");
  append_number(out, number);
  out.append(R"(,"t":)");
  append_number(out, time);
}

void append_after(std::string& out, const std::vector<std::int64_t>& numbers) {
  out.append(R"(,"after":[)");
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (i > 0) out.push_back(',');
    append_number(out, numbers[i]);
  }
  out.push_back(']');
}

}  // namespace

void LineWriter::info(std::string& out, const SessionInfo& info) {
  out.append(R"({"rollcall":)");
  append_number(out, kFormatVersion);
  append_named(out, R"(,"name":)", info.name);
  append_named(out, R"(,"started":)", info.started);
  append_named(out, R"(,"bot":)", info.bot);
  append_named(out, R"(,"graph":)", info.graph);
  append_named(out, R"(,"origin":)", info.origin);
  append_extra(out, info.extra);
  out.append("}\n");
}

void LineWriter::body(std::string& out, std::string_view body) {
  if (body.empty()) return;
  if (check_.embeddable(body)) {
    out.append(R"(,"json":)");
    out.append(body);
  } else if (is_utf8(body)) {
    out.append(R"(,"text":)");
    append_json_string(out, body);
  } else {
    out.append(R"(,"base64":")");
    append_base64(out, body);
    out.push_back('"');
  }
}

void LineWriter::request(std::string& out, const Exchange& exchange) {
  append_start(out, exchange.number, exchange.sent);
  if (exchange.due) {
    out.append(R"(,"due":)");
    append_number(out, *exchange.due);
  }
  out.append(exchange.leg == Leg::webhook ? R"(,"leg":"webhook")" : R"(,"leg":"graph")");
  if (exchange.after) append_after(out, *exchange.after);
  append_extra(out, exchange.request_extra);
  append_named(out, R"(,"request":{"method":)", exchange.request.method);
  append_named(out, R"(,"target":)", exchange.request.target);
  append_headers(out, exchange.request.headers);
  append_extra(out, exchange.request.extra);
  body(out, exchange.request.body);
  out.append("}}\n");
}

void LineWriter::outcome(std::string& out, const Exchange& exchange) {
  assert(exchange.ended_at_all());
  append_start(out, exchange.number, exchange.ended);
  append_extra(out, exchange.outcome_extra);
  if (const Failure* failure = exchange.failure()) {
    append_named(out, R"(,"failure":)", failure->reason);
    out.append("}\n");
    return;
  }
  const Response& response = *exchange.response();
  out.append(R"(,"response":{"status":)");
  append_number(out, response.status);
  append_headers(out, response.headers);
  append_extra(out, response.extra);
  body(out, response.body);
  out.append("}}\n");
}

void LineWriter::end(std::string& out, const SessionEnd& end) {
  out.append(R"({"end":{"t":)");
  append_number(out, end.time);
  out.append(R"(,"messages":)");
  append_number(out, end.messages);
  append_extra(out, end.extra);
  out.push_back('}');
  append_extra(out, end.line_extra);
  out.append("}\n");
}

}  // namespace corpus
