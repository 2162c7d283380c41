#include "harness/fuzzing/conduct_events.h"

#include <fmt/format.h>

#include <charconv>
#include <set>
#include <string_view>

#include "corpus/graph_path.h"
#include "corpus/ids.h"
#include "corpus/manner.h"
#include "corpus/notice.h"
#include "corpus/notification.h"
#include "harness/http_message.h"

namespace harness {
namespace {

using corpus::Exchange;

// The text with \uXXXX of ASCII and \/ in plain: an id may be spelled so, also in JSON that is damaged.
std::string unescaped(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\\' || at + 1 == text.size()) {
      plain += text[at];
    } else if (text[at + 1] == 'u' && at + 5 < text.size()) {
      unsigned code = 0;
      const char* const end = text.data() + at + 6;
      if (std::from_chars(text.data() + at + 2, end, code, 16).ptr == end && code < 128) {
        plain += static_cast<char>(code);
        at += 5;
      }
    } else if (text[at + 1] == '/') {
      plain += '/';
      ++at;
    }
  }
  return plain;
}

void add_ids(std::string_view text, std::vector<Id>& ids) {
  const bool escaped = text.find('\\') != std::string_view::npos;
  const std::string plain = escaped ? unescaped(text) : std::string();
  const std::string_view read = escaped ? std::string_view(plain) : text;
  for (const corpus::Span& place : corpus::find_guids(read)) {
    if (const auto id = corpus::guid_digits(place.of(read))) ids.push_back(*id);
  }
}

// The body without what the bot makes up anew each time.
std::string without_context(std::string body) {
  constexpr std::string_view kMember = "\"clientContext\":\"";
  for (std::size_t at = body.find(kMember); at != std::string::npos; at = body.find(kMember, at + kMember.size())) {
    const std::size_t begin = at + kMember.size();
    body.erase(begin, std::min(body.find('"', begin), body.size()) - begin);
  }
  return body;
}

// Graph's notifications name a resource of their own; a person's wish does not.
bool is_wish(const corpus::Request& request) {
  return request.body.find("\"resource") == std::string::npos;
}

std::size_t count_of(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

}  // namespace

std::string text_of(const Id& id) {
  return {id.begin(), id.end()};
}

bool succeeded(const Exchange& exchange) {
  const corpus::Response* const answer = exchange.response();
  if (answer == nullptr || answer->status >= 300) return false;
  // One that breaks off has not come through, whatever it said.
  const auto manner = answer->extra.empty() ? corpus::Manner{} : corpus::manner_of(answer->extra);
  const bool whole =
      !manner || !manner->sending || (manner->sending->breaks == corpus::Breaking::nowhere && !manner->sending->length);
  return whole;
}

std::vector<Act> acts_of(const corpus::Session& session) {
  std::vector<Act> acts;
  for (const Exchange& exchange : session.exchanges) {
    if (exchange.leg != corpus::Leg::graph) continue;
    const corpus::Request& request = exchange.request;
    const corpus::GraphPath path = corpus::parse_graph_path(request.target);
    if (!path.calls || corpus::is_polling(request.method, path)) continue;
    const std::string_view call = path.id_after("calls");
    const std::string_view person = path.id_after("participants");
    Act act{&exchange, corpus::guid_digits(call), corpus::guid_digits(person), request.method + " " + path.shape(), ""};
    act.key = fmt::format("{} {} {} {}", act.shape, call, person, without_context(request.body));
    acts.push_back(std::move(act));
  }
  return acts;
}

std::vector<Id> ids_in(std::string_view text) {
  std::vector<Id> ids;
  add_ids(text, ids);
  return ids;
}

std::string sort_of_news(const Exchange& delivery) {
  std::string sort;
  const auto parsed = corpus::parse_notifications(delivery.request.body);
  if (!parsed) return sort;
  for (const corpus::Notice& notice : corpus::notices_of(parsed->delivery)) {
    sort += fmt::format("{} {} {};", static_cast<int>(notice.kind), static_cast<int>(notice.change),
                        notice.state ? static_cast<int>(*notice.state) : -1);
  }
  return sort;
}

std::vector<Id> ended_by(const Exchange& delivery) {
  const std::string& body = delivery.request.body;
  // Mostly it is none: that is told by one word.
  if (delivery.leg != corpus::Leg::webhook || body.find("\"deleted\"") == body.npos || !succeeded(delivery)) return {};
  const auto once = [&](std::string_view key, std::string_view value) {
    return count_of(body, key) == 1 && body.find(fmt::format("{}:{}", key, value)) != body.npos;
  };
  if (!once("\"changeType\"", "\"deleted\"") || count_of(body, "\"value\"") != 1) return {};
  if (count_of(body, "\"resourceData\"") != 1 || count_of(body, "\"@odata.type\":\"#microsoft.graph.call\"") != 1)
    return {};
  if (count_of(body, "\"state\"") > 0 && !once("\"state\"", "\"terminated\"")) return {};
  const auto parsed = corpus::parse_notifications(body);
  if (!parsed) return {};
  const auto notices = corpus::notices_of(parsed->delivery);
  if (notices.size() != 1 || notices.front().kind != corpus::ResourceKind::call) return {};
  const corpus::Notice& notice = notices.front();
  const auto id = corpus::guid_digits(notice.call());
  const bool one = std::ranges::all_of(notice.calls, [&](const auto& naming) { return naming.id == notice.call(); });
  const auto paths = std::ranges::count_if(
      notice.calls, [](const auto& naming) { return naming.member == "resource" || naming.member == "resourceUrl"; });
  const std::size_t members = count_of(body, "\"resource\"") + count_of(body, "\"resourceUrl\"");
  if (!id || !one || static_cast<std::size_t>(paths) != members) return {};
  return {*id};
}

std::vector<Told> told_in(const corpus::Session& live) {
  std::vector<Told> all;
  std::set<std::string> messages;
  for (const Exchange& exchange : live.exchanges) {
    const bool delivery = exchange.leg == corpus::Leg::webhook;
    const corpus::Response* const answer = exchange.response();
    if (!delivery && (answer == nullptr || answer->status >= 300)) continue;  // also one that was cut short tells
    const corpus::Request& request = exchange.request;
    Told& told = all.emplace_back(Told{&exchange, delivery, false, false, {}, {}});
    add_ids(request.body, told.ids);
    if (delivery) {
      add_ids(request.target, told.ids);  // a person's wish may name call and participant there
      told.wish = is_wish(request);
      const auto id = find_header(request.headers, "X-Microsoft-Skype-Message-ID");
      told.repeated = !messages.insert(std::string(id.value_or("")) + "\n" + request.body).second && !told.wish;
      told.ended = ended_by(exchange);
    } else {
      add_ids(answer->body, told.ids);
      for (const corpus::Header& header : answer->headers) add_ids(header.value, told.ids);  // Location
      told.about = corpus::guid_digits(corpus::parse_graph_path(request.target).id_after("calls"));
    }
  }
  return all;
}

}  // namespace harness
