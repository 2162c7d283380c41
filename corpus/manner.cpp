#include "corpus/manner.h"

#include <simdjson.h>

#include <algorithm>
#include <array>

#include "corpus/json_members.h"

namespace corpus {
namespace {

using simdjson::dom::element;

constexpr std::array<std::string_view, std::size(kTokenFlaws)> kWords{
    "expired", "wrong_audience", "wrong_issuer", "unknown_key", "alg_none", "none", "two"};

bool take_size(element value, std::int64_t& size) {
  return value.get_int64().get(size) == simdjson::SUCCESS && size >= 0;
}

bool take_pieces(element value, std::vector<std::int64_t>& pieces) {
  simdjson::dom::array list;
  if (value.get_array().get(list) != simdjson::SUCCESS) return false;
  for (const element size : list) {
    if (!take_size(size, pieces.emplace_back()) || pieces.back() == 0) return false;
  }
  return true;
}

bool take_breaking(element value, Breaking& breaks) {
  std::string_view word;
  if (value.get_string().get(word) != simdjson::SUCCESS) return false;
  breaks = word == "before" ? Breaking::before : Breaking::within;
  return word == "before" || word == "within";
}

bool take_gzip(element value) {
  std::string_view word;
  return value.get_string().get(word) == simdjson::SUCCESS && word == "gzip";
}

Problem read_sending(const Member& member, Sending& sending) {
  static constexpr Known kKnown[] = {{"pieces", "must be an array of sizes greater than 0"},
                                     {"hold", "must be microseconds, at most a minute of them"},
                                     {"pause", "must be microseconds, at most a minute of them"},
                                     {"length", "must be an integer, not negative"},
                                     {"coding", "must be \"gzip\""},
                                     {"reset", "must be \"before\" or \"within\""}};
  simdjson::dom::object parsed;
  if (member.value.get_object().get(parsed) != simdjson::SUCCESS) return R"("sending" must be an object)";
  std::string unknown;
  return read_members(parsed, member.raw_value, "\"sending\"", kKnown, unknown, {}, [&](const Member& part) {
    if (part.key == "pieces") return take_pieces(part.value, sending.pieces);
    if (part.key == "hold") return take_size(part.value, sending.hold) && sending.hold <= kLongestPause;
    if (part.key == "pause") return take_size(part.value, sending.pause) && sending.pause <= kLongestPause;
    if (part.key == "length") return take_size(part.value, sending.length.emplace());
    if (part.key == "coding") return sending.gzip = take_gzip(part.value);
    return take_breaking(part.value, sending.breaks);
  });
}

bool take_token(element value, std::optional<TokenFlaw>& token) {
  std::string_view word;
  if (value.get_string().get(word) != simdjson::SUCCESS) return false;
  const auto found = std::ranges::find(kWords, word);
  if (found == kWords.end()) return false;
  token = kTokenFlaws[found - kWords.begin()];
  return true;
}

// Both members out of the unknown ones; what is left goes to `rest`.
Problem read_manner(std::string_view extra, Manner& manner, std::string& rest) {
  static constexpr Known kKnown[] = {
      {"sending", "must be an object"},
      {"token", "must be one of expired, wrong_audience, wrong_issuer, unknown_key, alg_none, none, two"}};
  simdjson::dom::parser parser;
  simdjson::dom::object parsed;
  const std::string text = "{" + std::string(extra) + "}";
  if (parser.parse(text).get_object().get(parsed) != simdjson::SUCCESS) return "the unknown members are no JSON";
  Problem inner;
  return read_members(parsed, text, "the message", kKnown, rest, inner, [&](const Member& member) {
    if (member.key == "token") return take_token(member.value, manner.token);
    inner = read_sending(member, manner.sending.emplace());
    return inner.empty();
  });
}

// Parsing is for the few messages that have one of the two.
bool may_have_manner(std::string_view extra) {
  return extra.find("sending") != std::string_view::npos || extra.find("token") != std::string_view::npos;
}

std::string written(const Sending& sending) {
  std::string out;
  const auto member = [&](std::string_view name, const std::string& value) {
    out.append(out.empty() ? "\"" : ",\"").append(name).append("\":").append(value);
  };
  if (!sending.pieces.empty()) {
    std::string list;
    for (const std::int64_t size : sending.pieces) list += (list.empty() ? "[" : ",") + std::to_string(size);
    member("pieces", list + "]");
  }
  if (sending.hold != 0) member("hold", std::to_string(sending.hold));
  if (sending.pause != 0) member("pause", std::to_string(sending.pause));
  if (sending.length) member("length", std::to_string(*sending.length));
  if (sending.gzip) member("coding", "\"gzip\"");
  if (sending.breaks != Breaking::nowhere) {
    member("reset", sending.breaks == Breaking::before ? "\"before\"" : "\"within\"");
  }
  return "{" + out + "}";
}

}  // namespace

std::string_view word_of(TokenFlaw flaw) {
  return kWords[static_cast<std::size_t>(flaw)];
}

Result<Manner> manner_of(std::string_view extra) {
  Manner manner;
  if (!may_have_manner(extra)) return manner;
  std::string rest;
  const Problem problem = read_manner(extra, manner, rest);
  if (!problem.empty()) return std::unexpected(Fault{Error::invalid, "", problem});
  return manner;
}

Result<void> check_manners(const Session& session) {
  for (const Exchange& exchange : session.exchanges) {
    auto manner = manner_of(exchange.request.extra);
    if (manner && exchange.response() != nullptr) manner = manner_of(exchange.response()->extra);
    if (manner) continue;
    return std::unexpected(Fault{Error::invalid, session.path,
                                 "exchange " + std::to_string(exchange.number) + ": " + manner.error().what});
  }
  return {};
}

void set_manner(std::string& extra, const Manner& manner) {
  std::string rest;
  if (may_have_manner(extra)) {
    Manner before;
    if (!read_manner(extra, before, rest).empty()) rest.clear();
  } else {
    rest = extra;
  }
  const auto add = [&](const std::string& member) { rest += (rest.empty() ? "" : ",") + member; };
  if (manner.sending) add("\"sending\":" + written(*manner.sending));
  if (manner.token) add("\"token\":\"" + std::string(word_of(*manner.token)) + "\"");
  extra = std::move(rest);
}

}  // namespace corpus
