#include "corpus/mentions.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <optional>

#include "corpus/ascii.h"
#include "corpus/graph_path.h"
#include "corpus/ids.h"
#include "corpus/mention_forms.h"

namespace corpus {
namespace {

using simdjson::dom::element;

// Members that say who is meant; ids below them tie nothing together.
constexpr std::array<std::string_view, 17> kWho = {
    "identity",  "user",         "users",     "userId", "application", "applications", "applicationInstance",
    "phone",     "phones",       "guest",     "guests", "onBehalfOf",  "tenantId",     "source",
    "organizer", "coOrganizers", "transferor"};

// By length and first letter, which tell of most members of a message that they are none of them.
constexpr auto kWhoBeginnings = [] {
  std::array<std::array<bool, 128>, 21> table{};
  for (const std::string_view name : kWho) table[name.size()][static_cast<unsigned char>(name[0])] = true;
  return table;
}();

// Headers whose GUIDs link deliveries and requests (names in lower case).
constexpr std::string_view kChainHeader = "x-microsoft-skype-chain-id";
constexpr std::string_view kLocation = "location";
constexpr std::array<std::string_view, 3> kMessageHeaders = {"scenario-id", "client-request-id",
                                                             "x-microsoft-skype-message-id"};

// How long the names are of headers that are looked at: nearly all others are told by that.
constexpr auto kHeaderLengths = [] {
  std::array<bool, 40> table{};
  table[kChainHeader.size()] = table[kLocation.size()] = true;
  for (const std::string_view name : kMessageHeaders) table[name.size()] = true;
  return table;
}();

bool contains(const auto& list, std::string_view word) {
  return std::ranges::find(list, word) != list.end();
}

// Collects the mentions of one message.
class Collector {
 public:
  void add(std::string_view id, MentionKind kind) {
    if (id.empty() || found_.has(id, kind)) return;
    found_.all.push_back({std::string(id), kind});
  }
  void add(const Mentions& mentions) {
    for (const Mention& mention : mentions.all) add(mention.id, mention.kind);
    found_.notification = found_.notification || mentions.notification;
  }
  void path(std::string_view text);
  void text(std::string_view text, MentionKind kind);
  void headers(const Headers& headers);
  void value(const element& value, std::string_view key, bool who);
  void own_id(const element& root, MentionKind kind);
  void note_notification() { found_.notification = true; }
  Mentions take() { return std::move(found_); }

 private:
  void string(std::string_view value, std::string_view key, bool who);

  Mentions found_;
};

// Ids of a path of Graph's by their place; GUIDs of any other path.
void Collector::path(std::string_view text) {
  const GraphPath path = parse_graph_path(text);
  for (std::size_t i = 0; i < path.segments.size(); ++i) {
    if (!path.segments[i].id) continue;
    const bool call = path.calls && i > 0 && path.segments[i - 1].text == "calls";
    const MentionKind kind = call ? MentionKind::call : path.calls ? MentionKind::resource : MentionKind::other;
    add(path.segments[i].text, kind);
  }
  for (const Span& guid : find_guids(path.query)) add(canonical_id(guid.of(path.query)), MentionKind::other);
}

void Collector::text(std::string_view text, MentionKind kind) {
  // Mostly it is one GUID and nothing else.
  if (const auto digits = guid_digits(text)) return add({digits->data(), digits->size()}, kind);
  for (const Span& guid : find_guids(text)) add(canonical_id(guid.of(text)), kind);
}

void Collector::headers(const Headers& headers) {
  for (const Header& header : headers) {
    if (!kHeaderLengths[std::min(header.name.size(), kHeaderLengths.size() - 1)]) continue;
    const auto is = [&](std::string_view name) { return same_word(header.name, name); };
    if (is(kChainHeader)) text(header.value, MentionKind::chain);
    if (std::ranges::any_of(kMessageHeaders, is)) text(header.value, MentionKind::message);
    if (is(kLocation)) path(header.value);
  }
}

void Collector::string(std::string_view value, std::string_view key, bool who) {
  if (who || says_who(key)) return text(value, MentionKind::who);
  if (key == "clientContext" || key == "callbackUri") return add(canonical_id(value), MentionKind::made);
  if (key == "callChainId") return add(canonical_id(value), MentionKind::chain);
  const bool is_path = value.find("calls/") != std::string_view::npos;
  if (key == "replacesCallId" && !is_path) return add(canonical_id(value), MentionKind::call);
  if (key == "callId") return add(canonical_id(value), MentionKind::call);
  if (is_path && value.find(' ') == std::string_view::npos) return path(value);
  text(value, MentionKind::other);
}

void Collector::value(const element& value, std::string_view key, bool who) {
  if (value.is_string()) return string(value.get_string().value_unsafe(), key, who);
  if (value.is_object()) {
    const simdjson::dom::object object = value.get_object().value_unsafe();
    for (const auto& [name, member] : object) this->value(member, name, who || says_who(key));
  } else if (value.is_array()) {
    const simdjson::dom::array array = value.get_array().value_unsafe();
    for (const element item : array) this->value(item, key, who);
  }
}

void Collector::own_id(const element& root, MentionKind kind) {
  std::string_view id;
  if (root["id"].get_string().get(id) == simdjson::SUCCESS) add(canonical_id(id), kind);
}

// What broken JSON and plain text still tell: paths of calls and GUIDs.
void scan_text(std::string_view text, Collector& out) {
  constexpr std::string_view kEnds = "\"' \t\r\n,;)<>\\";
  for (std::size_t at = text.find("/calls/"); at != std::string_view::npos; at = text.find("/calls/", at + 1)) {
    const std::size_t before = text.find_last_of(kEnds, at);
    const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
    const std::size_t end = std::min(text.find_first_of(kEnds, at), text.size());
    out.path(text.substr(begin, end - begin));
  }
  out.text(text, MentionKind::other);
  if (text.find("commsNotification") != std::string_view::npos) out.note_notification();
}

bool is_notification(const element& root) {
  element ignored;
  return root["resource"].get(ignored) == simdjson::SUCCESS || root["resourceUrl"].get(ignored) == simdjson::SUCCESS;
}

// Graph's envelope of notifications, or a notification without one.
bool holds_notifications(const element& root) {
  simdjson::dom::array values;
  if (root["value"].get_array().get(values) != simdjson::SUCCESS) return is_notification(root);
  for (const element item : values) {
    if (is_notification(item)) return true;
  }
  std::string_view type;
  return root["@odata.type"].get_string().get(type) == simdjson::SUCCESS &&
         type.find("commsNotification") != std::string_view::npos;
}

}  // namespace

bool says_who(std::string_view member) {
  if (member.empty() || member.size() >= kWhoBeginnings.size()) return false;
  const auto first = static_cast<unsigned char>(member[0]);
  return first < 128 && kWhoBeginnings[member.size()][first] && contains(kWho, member);
}

bool Mentions::has(std::string_view id, MentionKind kind) const {
  return std::ranges::any_of(all, [&](const Mention& mention) { return mention.kind == kind && mention.id == id; });
}

struct MentionFinder::State {
  simdjson::dom::parser parser;
  MentionForms forms;

  // Adds what a body mentions. `own`: what the "id" of an answer names, if it names anything; `request`: the body is no
  // answer's.
  void read(std::string_view body, bool request, std::optional<MentionKind> own, Collector& out) {
    if (body.empty()) return;
    const int reader = request ? 0 : own ? 2 + static_cast<int>(*own) : 1;
    if (const Mentions* known = forms.find(body, reader)) return out.add(*known);
    Collector collector;
    element root;
    if (parser.parse(body.data(), body.size()).get(root) == simdjson::SUCCESS) {
      if (request && holds_notifications(root)) collector.note_notification();
      if (own) collector.own_id(root, *own);
      collector.value(root, {}, false);
    } else {
      scan_text(body, collector);
    }
    const Mentions found = collector.take();
    forms.learn(body, found);
    out.add(found);
  }
};

MentionFinder::MentionFinder() : state_(std::make_unique<State>()) {}
MentionFinder::~MentionFinder() = default;
MentionFinder::MentionFinder(MentionFinder&&) noexcept = default;
MentionFinder& MentionFinder::operator=(MentionFinder&&) noexcept = default;

Mentions MentionFinder::in(const Request& request) {
  Collector out;
  out.path(request.target);
  out.headers(request.headers);
  state_->read(request.body, true, {}, out);
  return out.take();
}

Mentions MentionFinder::in(const Response& response, const Request& asked) {
  Collector out;
  out.headers(response.headers);
  const GraphPath path = response.body.empty() ? GraphPath() : parse_graph_path(asked.target);
  const bool made_call = path.calls && path.segments.size() == 1 && asked.method == "POST";
  const bool is_call = path.calls && path.segments.size() == 2 && path.segments.back().id;
  const MentionKind kind = made_call || is_call ? MentionKind::call : MentionKind::resource;
  state_->read(response.body, false, path.calls ? std::optional(kind) : std::nullopt, out);
  return out.take();
}

}  // namespace corpus
