#include "harness/parse_command.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include "corpus/describe.h"
#include "corpus/json_text.h"
#include "corpus/notification.h"
#include "harness/print.h"

namespace harness {
namespace {

namespace po = boost::program_options;

constexpr CommandHelp kParseHelp{
    .name = "parse",
    .synopsis = "FILE… (- for standard input)",
    .about =
        "Prints what Rollcall understands of notification payloads, one line of JSON for each file: for each\n"
        "notification its change, resource, kind (call, roster, delta, operation, content_sharing, joining, left,\n"
        "none, unknown), type, id, status, state, number of participants and clientContext; what was odd; or why\n"
        "the payload is refused, with JSON Pointer and byte offset. Exit status 1 if one was refused, 2 if one\n"
        "cannot be read.\n",
    .example =
        "  rollcall parse payload.json\n"
        "  curl -s http://127.0.0.1:8080/last-notification | rollcall parse -\n"};

/// A line of JSON that grows member by member.
class JsonLine {
 public:
  void open(char bracket) {
    line_.push_back(bracket);
    first_ = true;
  }
  void close(char bracket) {
    line_.push_back(bracket);
    first_ = false;
  }
  /// Begins a member, whose value comes next; an empty name begins an element.
  void begin(std::string_view name) {
    if (!first_) line_.push_back(',');
    first_ = false;
    if (name.empty()) return;
    corpus::append_json_string(line_, name);
    line_.push_back(':');
  }
  void text(std::string_view name, const corpus::Text& value) {
    begin(name);
    value ? corpus::append_json_string(line_, *value) : void(line_.append("null"));
  }
  void number(std::string_view name, std::optional<std::size_t> value) {
    begin(name);
    line_.append(value ? std::to_string(*value) : "null");
  }
  const std::string& line() const { return line_; }

 private:
  std::string line_;
  bool first_ = true;
};

/// What is shown of the data of a notification: its first resource stands for all.
struct Shown {
  corpus::Text id;
  corpus::Text status;
  corpus::Text state;
  corpus::Text client_context;
  std::optional<std::size_t> participants;
};

Shown shown(const corpus::ResourceData& data) {
  Shown all;
  const auto id_of = [](const auto& list) { return list.empty() ? corpus::Text() : list.front().id; };
  for (const corpus::Text& id : {id_of(data.calls), id_of(data.operations), id_of(data.deltas), id_of(data.sharing),
                                 id_of(data.joining), id_of(data.left)}) {
    if (id) all.id = id;
  }
  if (data.roster.present()) all.participants = data.roster.size();
  if (data.roster.present() && !data.array) all.id = id_of(data.roster);
  if (!data.calls.empty()) all.state = data.calls.front().state.text;
  if (!data.deltas.empty()) {
    all.participants = 0;
    for (const corpus::DeltaRoster& delta : data.deltas) *all.participants += delta.participants.size();
  }
  if (!data.operations.empty()) {
    const corpus::Operation& operation = data.operations.front();
    all.status = operation.status.text;
    all.client_context = operation.client_context;
    if (operation.participants.present()) all.participants = operation.participants.size();
  }
  return all;
}

void append(JsonLine& out, const corpus::Notification& notification) {
  const Shown data = shown(notification.data);
  out.begin("");
  out.open('{');
  out.text("change", notification.change_type.text);
  out.text("resource", notification.resource ? notification.resource : notification.resource_url);
  out.text("kind", to_string(notification.data.kind));
  out.text("type", notification.data.type);
  out.text("id", data.id);
  out.text("status", data.status);
  out.text("state", data.state);
  out.number("participants", data.participants);
  out.text("clientContext", data.client_context);
  out.close('}');
}

void append(JsonLine& out, const corpus::ParseError& error) {
  out.begin("error");
  out.open('{');
  out.text("what", error.what);
  out.text("pointer", error.pointer);
  out.number("offset", error.offset);
  out.close('}');
}

void append(JsonLine& out, const corpus::Warnings& warnings) {
  out.begin("warnings");
  out.open('[');
  for (const corpus::Warning& warning : warnings.list) out.text("", to_string(warning));
  if (warnings.more > 0) out.text("", fmt::format("and {} more", warnings.more));
  out.close(']');
}

/// The line of one payload; whether it was taken.
bool show(std::string_view file, std::string_view body, corpus::NotificationParser& parser) {
  const auto delivery = parser.parse(body);
  JsonLine out;
  out.open('{');
  out.text("file", corpus::is_utf8(file) ? std::string(file) : corpus::printable(file));
  if (delivery) {
    out.begin("notifications");
    out.open('[');
    for (const corpus::Notification& notification : delivery->value) append(out, notification);
    out.close(']');
    append(out, parser.warnings());
  } else {
    append(out, delivery.error());
  }
  out.close('}');
  print("{}\n", out.line());
  return delivery.has_value();
}

/// All of a file, or of standard input for "-".
corpus::Result<std::string> bytes_of(const std::string& file) {
  const auto closed = [](std::FILE* stream) { return stream == stdin ? 0 : std::fclose(stream); };
  const std::unique_ptr<std::FILE, decltype(closed)> stream(file == "-" ? stdin : std::fopen(file.c_str(), "rb"),
                                                            closed);
  std::string bytes;
  if (stream) {
    std::array<char, 65536> part;
    while (const std::size_t size = std::fread(part.data(), 1, part.size(), stream.get())) {
      bytes.append(part.data(), size);
    }
  }
  if (stream && std::ferror(stream.get()) == 0) return bytes;
  const std::string reason = std::error_code(errno, std::generic_category()).message();
  return std::unexpected(corpus::Fault{corpus::Error::unreadable, file, reason});
}

}  // namespace

int parse_command(const Arguments& args) {
  std::vector<std::string> files;
  po::options_description list;
  list.add_options()("file", po::value(&files)->required()->value_name("FILE"), "payload; also without --file");
  po::positional_options_description positional;
  positional.add("file", -1);
  if (const auto over = read_options(kParseHelp, list, positional, args)) return *over;

  corpus::NotificationParser parser;
  int status = done;
  for (const std::string& file : files) {
    const auto bytes = bytes_of(file);
    if (!bytes) {
      status = fail(kParseHelp.name, bytes.error(), bad_usage);
    } else if (!show(file, *bytes, parser)) {
      status = std::max<int>(status, findings);
    }
  }
  return status;
}

}  // namespace harness
