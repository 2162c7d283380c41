#include "corpus/line_parser.h"

#include <simdjson.h>

#include <optional>
#include <utility>
#include <vector>

#include "corpus/json_members.h"
#include "corpus/json_scan.h"
#include "corpus/json_text.h"
#include "corpus/session_file.h"

namespace corpus {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

constexpr std::string_view kAnyString = R"(must be a string or {"base64":"…"})";
constexpr std::string_view kTime = "must be an integer of microseconds, not negative";

bool take_count(element value, std::int64_t& out) {
  return value.get_int64().get(out) == simdjson::SUCCESS && out >= 0;
}

bool take_string(element value, std::string& out) {
  std::string_view text;
  if (value.get_string().get(text) != simdjson::SUCCESS) return false;
  out = std::string(text);  // exactly as large as needed; assign() would round up
  return true;
}

bool take_base64(element value, std::string& out) {
  std::string_view text;
  if (value.get_string().get(text) != simdjson::SUCCESS) return false;
  auto bytes = decode_base64(text);
  if (!bytes) return false;
  out = std::move(*bytes);
  return true;
}

/// A string, or {"base64":"…"} with nothing else in it.
bool take_bytes(element value, std::string& out) {
  if (take_string(value, out)) return true;
  object wrapped;
  if (value.get_object().get(wrapped) != simdjson::SUCCESS || wrapped.size() != 1) return false;
  return (*wrapped.begin()).key == "base64" && take_base64((*wrapped.begin()).value, out);
}

bool take_header(element value, Headers& headers) {
  array pair;
  if (value.get_array().get(pair) != simdjson::SUCCESS || pair.size() != 2) return false;
  auto at = pair.begin();
  Header& header = headers.emplace_back();
  return take_bytes(*at, header.name) && take_bytes(*++at, header.value);
}

bool take_headers(element value, Headers& headers) {
  array list;
  if (value.get_array().get(list) != simdjson::SUCCESS) return false;
  headers.reserve(list.size());
  for (element pair : list) {
    if (!take_header(pair, headers)) return false;
  }
  return true;
}

bool take_after(element value, std::optional<std::vector<std::int64_t>>& after) {
  array list;
  if (value.get_array().get(list) != simdjson::SUCCESS) return false;
  after.emplace();
  for (element number : list) {
    if (!take_count(number, after->emplace_back())) return false;
  }
  return true;
}

bool take_status(element value, int& status) {
  std::int64_t number = 0;
  if (!take_count(value, number) || number > 999) return false;
  status = static_cast<int>(number);
  return true;
}

bool take_leg(element value, Leg& leg) {
  std::string_view name;
  if (value.get_string().get(name) != simdjson::SUCCESS) return false;
  leg = name == "webhook" ? Leg::webhook : Leg::graph;
  return name == "webhook" || name == "graph";
}

/// The three forms of a body, which every message may have.
constexpr Known kJson{"json", "must be any JSON value"};
constexpr Known kText{"text", "must be a string"};
constexpr Known kBase64{"base64", "must be a string of base64 with padding"};
constexpr Known kHeaders{"headers", R"(must be an array of ["name","value"])", true};

/// Takes the body from a member that is one of its three forms, and counts them.
bool take_body(const Member& member, std::string& body, int& forms) {
  ++forms;
  if (member.key == kText.name) return take_string(member.value, body);
  if (member.key == kBase64.name) return take_base64(member.value, body);
  body = std::string(member.raw_value);
  return true;
}

Problem two_bodies(std::string_view owner) {
  return "more than one of \"json\", \"text\", \"base64\" in " + std::string(owner);
}

Problem read_request(object parsed, std::string_view text, Request& request) {
  static constexpr Known kKnown[] = {
      {"method", kAnyString, true}, {"target", kAnyString, true}, kHeaders, kJson, kText, kBase64};
  int forms = 0;
  const auto take = [&](const Member& member) {
    if (member.key == "method") return take_bytes(member.value, request.method);
    if (member.key == "target") return take_bytes(member.value, request.target);
    if (member.key == kHeaders.name) return take_headers(member.value, request.headers);
    return take_body(member, request.body, forms);
  };
  const Problem problem = read_members(parsed, text, "\"request\"", kKnown, request.extra, {}, take);
  return problem.empty() && forms > 1 ? two_bodies("\"request\"") : problem;
}

Problem read_response(object parsed, std::string_view text, Response& response) {
  static constexpr Known kKnown[] = {
      {"status", "must be an integer from 0 to 999", true}, kHeaders, kJson, kText, kBase64};
  int forms = 0;
  const auto take = [&](const Member& member) {
    if (member.key == "status") return take_status(member.value, response.status);
    if (member.key == kHeaders.name) return take_headers(member.value, response.headers);
    return take_body(member, response.body, forms);
  };
  const Problem problem = read_members(parsed, text, "\"response\"", kKnown, response.extra, {}, take);
  return problem.empty() && forms > 1 ? two_bodies("\"response\"") : problem;
}

/// The members of a message's line, and what came with them. The exchange is where the caller wants it: it is large to
/// move.
struct Message {
  Exchange& exchange;
  Response response;
  Failure failure;
  std::string extra;
  bool has_leg = false;
  bool has_request = false;
  bool has_response = false;
  bool has_failure = false;
};

constexpr const char* kTooManyParts = R"(more than one of "request", "response", "failure", "end")";

constexpr Known kMessage[] = {
    {"x", "must be an integer, not negative", true},
    {"t", kTime, true},
    {"due", kTime},
    {"leg", R"(must be "webhook" or "graph")"},
    {"after", "must be an array of exchange numbers"},
    {"request", "must be an object"},
    {"response", "must be an object"},
    {"failure", kAnyString},
};

template <typename T>
bool take_object(const Member& member, Problem& inner, T& out, Problem (*read)(object, std::string_view, T&)) {
  object parsed;
  if (member.value.get_object().get(parsed) != simdjson::SUCCESS) return false;
  inner = read(parsed, member.raw_value, out);
  return inner.empty();
}

bool take_message_member(const Member& member, Message& message, Problem& inner) {
  Exchange& exchange = message.exchange;
  if (member.key == "x") return take_count(member.value, exchange.number);
  if (member.key == "t") return take_count(member.value, exchange.sent);
  if (member.key == "due") return take_count(member.value, exchange.due.emplace());
  if (member.key == "after") return take_after(member.value, exchange.after);
  if (member.key == "leg") {
    message.has_leg = true;
    return take_leg(member.value, exchange.leg);
  }
  if (member.key == "request") {
    message.has_request = true;
    return take_object(member, inner, exchange.request, read_request);
  }
  if (member.key == "response") {
    message.has_response = true;
    return take_object(member, inner, message.response, read_response);
  }
  message.has_failure = true;
  return take_bytes(member.value, message.failure.reason);
}

/// What the members of a message's line must be to each other.
Problem check_message(const Message& message) {
  const int parts = message.has_request + message.has_response + message.has_failure;
  if (parts == 0) return R"(none of "request", "response", "failure", "end")";
  if (parts > 1) return kTooManyParts;
  if (message.has_request) return message.has_leg ? "" : R"(no "leg" beside "request")";
  if (message.has_leg) return R"("leg" belongs beside "request")";
  if (message.exchange.due) return R"("due" belongs beside "request")";
  if (message.exchange.after) return R"("after" belongs beside "request")";
  return {};
}

std::expected<Line, Problem> read_message(object parsed, std::string_view text) {
  std::expected<Line, Problem> line(std::in_place, std::in_place_type<Exchange>);
  Message message{std::get<Exchange>(*line), {}, {}, {}};
  Problem inner;
  Problem problem = read_members(parsed, text, "the line", kMessage, message.extra, inner,
                                 [&](const Member& member) { return take_message_member(member, message, inner); });
  if (problem.empty()) problem = check_message(message);
  if (!problem.empty()) {
    line = std::unexpected(std::move(problem));
  } else if (message.has_request) {
    message.exchange.request_extra = std::move(message.extra);
  } else {
    OutcomeLine outcome{message.exchange.number, message.exchange.sent, {}, std::move(message.extra)};
    if (message.has_response) {
      outcome.outcome = std::move(message.response);
    } else {
      outcome.outcome = std::move(message.failure);
    }
    *line = std::move(outcome);
  }
  return line;
}

Problem read_end_object(object parsed, std::string_view text, SessionEnd& end) {
  static constexpr Known kKnown[] = {{"t", kTime, true}, {"messages", "must be an integer, not negative", true}};
  return read_members(parsed, text, "\"end\"", kKnown, end.extra, {}, [&](const Member& member) {
    return take_count(member.value, member.key == "t" ? end.time : end.messages);
  });
}

std::expected<Line, Problem> read_end(object parsed, std::string_view text) {
  static constexpr Known kKnown[] = {{"end", "must be an object", true}};
  for (const std::string_view part : {"request", "response", "failure"}) {
    if (parsed.at_key(part).error() == simdjson::SUCCESS) return std::unexpected(kTooManyParts);
  }
  SessionEnd end;
  Problem inner;
  Problem problem = read_members(parsed, text, "the line", kKnown, end.line_extra, inner, [&](const Member& member) {
    return take_object(member, inner, end, read_end_object);
  });
  if (!problem.empty()) return std::unexpected(std::move(problem));
  return end;
}

Problem read_info(object parsed, std::string_view text, SessionInfo& info) {
  static constexpr Known kKnown[] = {{"rollcall", "must be an integer from 1", true},
                                     {"name", kAnyString},
                                     {"started", kAnyString},
                                     {"bot", kAnyString},
                                     {"graph", kAnyString},
                                     {"origin", kAnyString}};
  std::int64_t version = 0;
  const auto take = [&](const Member& member) {
    if (member.key == "rollcall") return take_count(member.value, version) && version >= 1;
    if (member.key == "name") return take_bytes(member.value, info.name);
    if (member.key == "started") return take_bytes(member.value, info.started);
    if (member.key == "bot") return take_bytes(member.value, info.bot);
    if (member.key == "graph") return take_bytes(member.value, info.graph);
    return take_bytes(member.value, info.origin);
  };
  return read_members(parsed, text, "the first line", kKnown, info.extra, {}, take);
}

}  // namespace

const std::size_t LineParser::kPadding = simdjson::SIMDJSON_PADDING;

/// The parser. Its memory grows with the longest line.
struct LineParser::State {
  simdjson::dom::parser parser;

  /// The line as an object, and its text from brace to brace.
  std::expected<object, Problem> parse(std::string_view& line) {
    const std::size_t begin = skip_json_space(line, 0);
    line = line.substr(begin, line.find_last_not_of(" \t\r\n") + 1 - begin);
    element root;
    // Later versions of simdjson pass over a byte order mark; the places in the text would then be wrong.
    if (line.empty() || line.front() != '{') return std::unexpected("not a JSON object");
    const auto error = parser.parse(line.data(), line.size(), false).get(root);
    if (error != simdjson::SUCCESS)
      return std::unexpected(std::string("not valid JSON: ") + simdjson::error_message(error));
    return root.get_object().value_unsafe();
  }
};

LineParser::LineParser() : state_(std::make_unique<State>()) {}
LineParser::~LineParser() = default;

Result<SessionInfo> LineParser::info(std::string_view line) {
  const auto fault = [](Error error, const std::string& what) { return std::unexpected(Fault{error, "", what}); };
  const auto parsed = state_->parse(line);
  if (!parsed) return fault(Error::not_session, "not a session header: " + parsed.error());
  // The version first: what the other members of a later one must be is not ours to say.
  std::int64_t version = 0;
  if (parsed->at_key("rollcall").get_int64().get(version) == simdjson::SUCCESS && version > kFormatVersion) {
    return fault(Error::version, "made by a later Rollcall: session format " + std::to_string(version) +
                                     ", this one reads up to " + std::to_string(kFormatVersion));
  }
  SessionInfo info;
  if (const Problem problem = read_info(*parsed, line, info); !problem.empty()) {
    return fault(Error::not_session, "not a session header: " + problem);
  }
  return info;
}

std::expected<Line, std::string> LineParser::line(std::string_view line) {
  const auto parsed = state_->parse(line);
  if (!parsed) return std::unexpected(parsed.error());
  const bool is_end = parsed->at_key("end").error() == simdjson::SUCCESS;
  return is_end ? read_end(*parsed, line) : read_message(*parsed, line);
}

}  // namespace corpus
