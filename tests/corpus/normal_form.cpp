// Prints what Rollcall's reader understood of a session file, in the normal form of tests/corpus/second_reader.mjs: one
// JSON object, bytes in hexadecimal, integers as strings.
#include <fmt/core.h>
#include <fmt/ranges.h>

#include "corpus/json_text.h"
#include "corpus/session_file.h"

namespace {

std::string hex(std::string_view bytes) {
  std::string out;
  for (unsigned char byte : bytes) out += fmt::format("{:02x}", byte);
  return '"' + out + '"';
}

std::string in_quotes(std::string_view text) {
  std::string out;
  corpus::append_json_string(out, text);
  return out;
}

std::string list(const std::vector<std::string>& items) {
  return fmt::format("[{}]", fmt::join(items, ","));
}

std::string headers(const corpus::Headers& headers) {
  std::vector<std::string> pairs;
  for (const corpus::Header& header : headers) pairs.push_back(list({hex(header.name), hex(header.value)}));
  return list(pairs);
}

std::string after(const corpus::Exchange& exchange) {
  if (!exchange.after) return R"("")";
  std::vector<std::string> numbers;
  for (std::int64_t number : *exchange.after) numbers.push_back(fmt::format(R"("{}")", number));
  return list(numbers);
}

std::string request(const corpus::Exchange& exchange) {
  return fmt::format(R"({{"x":"{}","leg":"{}","t":"{}","due":"{}","after":{},"extra":{},)", exchange.number,
                     exchange.leg == corpus::Leg::webhook ? "webhook" : "graph", exchange.sent,
                     exchange.due ? std::to_string(*exchange.due) : "", after(exchange),
                     in_quotes(exchange.request_extra)) +
         fmt::format(R"("method":{},"target":{},"headers":{},"body":{},"more":{}}})", hex(exchange.request.method),
                     hex(exchange.request.target), headers(exchange.request.headers), hex(exchange.request.body),
                     in_quotes(exchange.request.extra));
}

std::string outcome(const corpus::Exchange& exchange) {
  const std::string common =
      fmt::format(R"({{"t":"{}","extra":{},)", exchange.ended, in_quotes(exchange.outcome_extra));
  if (const corpus::Failure* failure = exchange.failure()) return common + R"("failure":)" + hex(failure->reason) + "}";
  const corpus::Response* response = exchange.response();
  if (!response) return "null";
  return common + fmt::format(R"("status":"{}","headers":{},"body":{},"more":{}}})", response->status,
                              headers(response->headers), hex(response->body), in_quotes(response->extra));
}

std::string end(const corpus::Session& session) {
  if (!session.end) return "null";
  return fmt::format(R"({{"t":"{}","messages":"{}","extra":{},"more":{}}})", session.end->time, session.end->messages,
                     in_quotes(session.end->extra), in_quotes(session.end->line_extra));
}

std::string normal_form(const corpus::Session& session) {
  std::vector<std::string> exchanges;
  for (const corpus::Exchange& exchange : session.exchanges) {
    exchanges.push_back(fmt::format(R"({{"request":{},"outcome":{}}})", request(exchange), outcome(exchange)));
  }
  std::vector<std::string> damaged;
  for (const corpus::Fault& fault : session.damage) damaged.push_back(fault.where.substr(fault.where.rfind(':') + 1));
  const corpus::SessionInfo& info = session.info;
  const std::string said = list(
      {hex(info.name), hex(info.started), hex(info.bot), hex(info.graph), hex(info.origin), in_quotes(info.extra)});
  return fmt::format(R"({{"info":{},"exchanges":{},"end":{},"damaged":{}}})", said, list(exchanges), end(session),
                     list(damaged));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const auto session = corpus::read_session(argv[1]);
  if (!session) {
    fmt::print(stderr, "{}\n", to_string(session.error()));
    return 2;
  }
  fmt::print("{}\n", normal_form(*session));
  return 0;
}
