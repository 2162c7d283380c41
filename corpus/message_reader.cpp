#include "corpus/message_reader.h"

#include <simdjson.h>

#include <algorithm>

#include "corpus/ascii.h"
#include "corpus/graph_path.h"
#include "corpus/ids.h"
#include "corpus/notification.h"

namespace corpus {
namespace {

// What marks one of Graph's deliveries also where it cannot be read.
constexpr std::string_view kMark = "commsNotification";

std::string id_in_location(const Response& answer, std::string_view collection) {
  return std::string(parse_graph_path(header_of(answer.headers, "location")).id_after(collection));
}

bool says_operation(const Operation& operation) {
  return operation.status.text ||
         (operation.odata_type && operation.odata_type->find("Operation") != std::string::npos);
}

}  // namespace

struct MessageReader::State {
  NotificationParser notifications;
  OperationParser operations;
  simdjson::dom::parser plain;

  /// A text member of a JSON object, in canonical form; empty without it.
  std::string member(std::string_view body, std::string_view key) {
    simdjson::dom::element root;
    std::string_view text;
    if (body.empty() || plain.parse(body.data(), body.size()).get(root) != simdjson::SUCCESS) return {};
    return root[key].get_string().get(text) == simdjson::SUCCESS ? canonical_id(text) : std::string();
  }
};

MessageReader::MessageReader() : state_(std::make_unique<State>()) {}
MessageReader::~MessageReader() = default;
MessageReader::MessageReader(MessageReader&&) noexcept = default;
MessageReader& MessageReader::operator=(MessageReader&&) noexcept = default;

std::vector<Notice> MessageReader::notices(const Request& delivery, std::string& unreadable) {
  if (delivery.body.empty()) return {};
  const auto parsed = state_->notifications.parse(delivery.body);
  if (parsed) return notices_of(*parsed);
  if (delivery.body.find(kMark) != std::string::npos) unreadable = to_string(parsed.error());
  return {};
}

std::optional<AnsweredOperation> MessageReader::operation(const Response& answer) {
  if (answer.body.empty()) return std::nullopt;
  const auto parsed = state_->operations.parse(answer.body);
  const auto* operation = parsed ? std::get_if<Operation>(&*parsed) : nullptr;
  if (operation == nullptr || !says_operation(*operation)) return std::nullopt;
  AnsweredOperation found;
  found.id = canonical_id(operation->id.value_or(""));
  if (found.id.empty()) found.id = id_in_location(answer, "operations");
  found.status = operation->status.value;
  // A word that is new may mean anything; null is documented.
  found.pending = !operation->status.text || found.status == OperationStatus::not_started ||
                  found.status == OperationStatus::running;
  return found;
}

std::string MessageReader::created_call(const Response& answer) {
  std::string id = state_->member(answer.body, "id");
  return id.empty() ? id_in_location(answer, "calls") : id;
}

std::string MessageReader::context(const Request& request) {
  return state_->member(request.body, "clientContext");
}

std::string_view header_of(const Headers& headers, std::string_view lower_name) {
  const auto same = [lower_name](const Header& header) { return same_word(header.name, lower_name); };
  const auto found = std::ranges::find_if(headers, same);
  return found == headers.end() ? std::string_view() : std::string_view(found->value);
}

}  // namespace corpus
