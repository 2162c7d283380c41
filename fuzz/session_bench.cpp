#include "fuzz/session_bench.h"

#include <algorithm>

namespace fuzz {
namespace {

bool same_name(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::ranges::equal(a, b, {}, lower, lower);
}

template <typename Message>
void set_content(Message& message, std::string body) {
  message.body = std::move(body);
  corpus::Header* const length = find_field(message.headers, "Content-Length");
  if (length != nullptr) length->value = std::to_string(message.body.size());
}

}  // namespace

std::string SessionBench::name(std::size_t at) const {
  const DraftItem& item = draft[at];
  return (item.role == SessionRole::delivery ? "delivery " : "request ") + std::to_string(item.exchange.number);
}

std::string SessionBench::fresh_guid() {
  return fuzz::fresh_guid(random);
}

std::string fresh_guid(Random& random) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string guid;
  for (std::size_t at = 0; at < 36; ++at) {
    const bool dash = at == 8 || at == 13 || at == 18 || at == 23;
    guid.push_back(dash ? '-' : at == 14 ? '4' : at == 19 ? 'a' : kDigits[random.below(16)]);
  }
  return guid;
}

corpus::Header* find_field(corpus::Headers& headers, std::string_view name) {
  const auto found = std::ranges::find_if(headers, [&](const corpus::Header& h) { return same_name(h.name, name); });
  return found == headers.end() ? nullptr : &*found;
}

void set_field(corpus::Headers& headers, std::string_view name, std::string value) {
  if (corpus::Header* const field = find_field(headers, name)) {
    field->value = std::move(value);
  } else {
    headers.push_back({std::string(name), std::move(value)});
  }
}

bool remove_field(corpus::Headers& headers, std::string_view name) {
  return std::erase_if(headers, [&](const corpus::Header& h) { return same_name(h.name, name); }) != 0;
}

void set_body(corpus::Request& request, std::string body) {
  set_content(request, std::move(body));
}
void set_body(corpus::Response& response, std::string body) {
  set_content(response, std::move(body));
}

std::size_t place_for(const SessionDraft& draft, corpus::Micros time) {
  std::size_t place = draft.size();
  while (place > 0 && draft[place - 1].exchange.sent > time) --place;
  return place;
}

corpus::Micros answered_at(const corpus::Exchange& exchange) {
  return exchange.shows_end() ? exchange.ended : exchange.sent + 1;
}

std::size_t copy_behind(SessionDraft& draft, std::size_t at, std::size_t behind, corpus::Micros later) {
  const std::int64_t number = draft[behind].exchange.number;
  const corpus::Micros time = answered_at(draft[behind].exchange) + later;
  const std::size_t place = draft.copy(at, std::max(behind + 1, place_for(draft, time)), time);
  draft.wait(place, number, true);
  return place;
}

void copy_beside(SessionDraft& draft, std::size_t at, std::uint32_t copies) {
  for (std::uint32_t copy = 1; copy <= copies; ++copy) draft.copy(at, at + copy, draft[at].exchange.sent + copy);
}

void renew_message(SessionBench& bench, std::size_t at) {
  renew_message(bench.exchange(at).request.headers, bench.random);
}
void renew_message(corpus::Headers& headers, Random& random) {
  if (find_field(headers, kMessageId) != nullptr) set_field(headers, kMessageId, fresh_guid(random));
}

}  // namespace fuzz
