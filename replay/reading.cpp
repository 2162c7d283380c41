#include "replay/reading.h"

namespace replay {

Reading::Reading(const corpus::Session& session) {
  corpus::MentionFinder finder;
  ranges_.reserve(2 * session.exchanges.size());
  for (const corpus::Exchange& exchange : session.exchanges) {
    const auto* response = exchange.response();
    add(finder.in(exchange.request));
    add(response != nullptr ? finder.in(*response, exchange.request) : corpus::Mentions());
  }
}

Id Reading::number_of(const std::string& text) {
  const Id next = static_cast<Id>(texts_.size());
  Id number = next;
  if (const auto guid = corpus::guid_bits(text)) {
    if (const Id* known = guids_.find(*guid)) return *known;
    guids_.add(*guid, next);
  } else {
    number = others_.try_emplace(text, next).first->second;
  }
  if (number == next) texts_.push_back(text);
  return number;
}

void Reading::add(const corpus::Mentions& mentions) {
  const std::size_t begin = named_.size();
  for (const corpus::Mention& mention : mentions.all) named_.push_back({number_of(mention.id), mention.kind});
  ranges_.push_back({begin, named_.size(), mentions.notification});
}

Reading::Message Reading::message(std::size_t number) const {
  const Range& range = ranges_[number];
  return {std::span(named_).subspan(range.begin, range.end - range.begin), range.notification};
}

}  // namespace replay
