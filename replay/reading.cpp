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

void Reading::add(const corpus::Mentions& mentions) {
  const std::size_t begin = named_.size();
  for (const corpus::Mention& mention : mentions.all) {
    const auto [place, added] = numbers_.try_emplace(mention.id, static_cast<Id>(texts_.size()));
    if (added) texts_.push_back(&place->first);
    named_.push_back({place->second, mention.kind});
  }
  ranges_.push_back({begin, named_.size(), mentions.notification});
}

Reading::Message Reading::message(std::size_t number) const {
  const Range& range = ranges_[number];
  return {std::span(named_).subspan(range.begin, range.end - range.begin), range.notification};
}

}  // namespace replay
