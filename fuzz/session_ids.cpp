#include "fuzz/session_ids.h"

#include <set>

#include "corpus/ids.h"
#include "corpus/mentions.h"

namespace fuzz {
namespace {

using corpus::MentionKind;

void change(std::string& text, const IdChanges& changes) {
  if (text.size() < 32) return;
  for (const corpus::Span& place : corpus::find_guids(text)) {
    const std::string_view id = place.of(text);
    const auto found = changes.find(corpus::canonical_id(id));
    // The new spelling is as long as the old one, so that the other places stay where they are.
    if (found != changes.end()) text.replace(place.begin, place.length, corpus::spelled_like(found->second, id));
  }
}

void change(corpus::Headers& headers, const IdChanges& changes) {
  for (corpus::Header& header : headers) change(header.value, changes);
}

// The address that a bot gives for notifications, as it stands in its first request that has one.
std::string callback_of(const SessionDraft& draft) {
  constexpr std::string_view kMember = "\"callbackUri\":\"";
  for (const DraftItem& item : draft.items()) {
    const std::string& body = item.exchange.request.body;
    const std::size_t at = item.role == SessionRole::delivery ? body.npos : body.find(kMember);
    if (at == body.npos) continue;
    const std::size_t begin = at + kMember.size();
    return body.substr(begin, body.find('"', begin) - begin);
  }
  return {};
}

std::string random_guid(Random& random) {
  std::string guid;
  for (int digit = 0; digit < 32; ++digit) guid.push_back("0123456789abcdef"[random.below(16)]);
  return guid;
}

}  // namespace

void change_ids(SessionDraft& draft, const IdChanges& changes) {
  if (changes.empty()) return;
  for (DraftItem& item : draft.items()) {
    corpus::Exchange& exchange = item.exchange;
    change(exchange.request.target, changes);
    change(exchange.request.headers, changes);
    change(exchange.request.body, changes);
    if (auto* response = std::get_if<corpus::Response>(&exchange.outcome)) {
      change(response->headers, changes);
      change(response->body, changes);
    }
  }
  draft.rename_calls(changes);
}

void share_callback(SessionDraft& draft, const SessionDraft& like) {
  const std::string theirs = callback_of(draft);
  const std::string ours = callback_of(like);
  if (theirs.empty() || ours.empty() || theirs == ours) return;
  const auto replace = [&](std::string& text) {
    for (std::size_t at = text.find(theirs); at != text.npos; at = text.find(theirs, at + ours.size())) {
      text.replace(at, theirs.size(), ours);
    }
  };
  for (DraftItem& item : draft.items()) {
    replace(item.exchange.request.body);
    if (auto* response = std::get_if<corpus::Response>(&item.exchange.outcome)) replace(response->body);
  }
}

IdChanges fresh_ids(const SessionDraft& draft, Random& random) {
  corpus::MentionFinder finder;
  std::set<std::string> own;
  std::set<std::string> who;
  const auto collect = [&](const corpus::Mentions& mentions) {
    for (const corpus::Mention& mention : mentions.all) {
      if (!corpus::is_guid(mention.id)) continue;
      if (mention.kind == MentionKind::who) who.insert(mention.id);
      if (mention.kind != MentionKind::who && mention.kind != MentionKind::other) own.insert(mention.id);
    }
  };
  for (std::size_t at = 0; at < draft.size(); ++at) {
    const corpus::Exchange& exchange = draft[at].exchange;
    collect(finder.in(exchange.request));
    if (const auto* response = exchange.response()) collect(finder.in(*response, exchange.request));
  }
  IdChanges changes;
  for (const std::string& id : own) {
    if (!who.contains(id)) changes.emplace(id, random_guid(random));
  }
  return changes;
}

}  // namespace fuzz
