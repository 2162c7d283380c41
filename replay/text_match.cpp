#include "replay/text_match.h"

#include <iterator>
#include <utility>

#include "corpus/graph_path.h"
#include "corpus/ids.h"
#include "corpus/stand_in.h"

namespace replay {
namespace {

// The member whose whole value the bot makes up, whatever it looks like; and the one that holds its own address.
constexpr std::string_view kClientContext = "clientContext";
constexpr std::string_view kCallbackUri = "callbackUri";

// A word in an address that nobody typed is this long (12 random bytes in base64), and has a digit.
constexpr std::size_t kMadeUpLength = 16;

}  // namespace

bool TextMatch::ids(std::string_view recorded, std::string_view live, bool may_be_new) {
  const Bindings::Outcome outcome = bindings_.look(recorded, live);
  const bool same = corpus::same_id(recorded, live);
  if (outcome == Bindings::Outcome::live_taken && may_be_new) {
    ambiguous_.push_back({std::string(recorded), std::string(live)});
  }
  if (outcome == Bindings::Outcome::recorded_taken || outcome == Bindings::Outcome::live_taken) return false;
  if (outcome == Bindings::Outcome::bound && !same && !may_be_new) return false;
  pairs_.push_back({std::string(recorded), std::string(live)});
  return true;
}

// The same text around GUIDs that stand for each other. On failure the pairs found so far are in the result.
bool TextMatch::guids(std::string_view recorded, std::string_view live, bool may_be_new) {
  const std::vector<corpus::Span> left = corpus::find_guids(recorded);
  const std::vector<corpus::Span> right = corpus::find_guids(live);
  if (left.size() != right.size()) return false;
  std::size_t left_done = 0;
  std::size_t right_done = 0;
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (recorded.substr(left_done, left[i].begin - left_done) != live.substr(right_done, right[i].begin - right_done)) {
      return false;
    }
    if (!ids(left[i].of(recorded), right[i].of(live), may_be_new)) return false;
    left_done = left[i].begin + left[i].length;
    right_done = right[i].begin + right[i].length;
  }
  return recorded.substr(left_done) == live.substr(right_done);
}

// Two names of one resource: other prefix, other spelling.
bool TextMatch::paths(std::string_view recorded, std::string_view live) {
  const corpus::GraphPath left = corpus::parse_graph_path(recorded);
  const corpus::GraphPath right = corpus::parse_graph_path(live);
  if (!left.calls || !right.calls || left.shape() != right.shape() || left.query != right.query) return false;
  for (std::size_t i = 0; i < left.segments.size(); ++i) {
    if (left.segments[i].id && !ids(left.segments[i].text, right.segments[i].text, true)) return false;
  }
  return true;
}

bool TextMatch::address_parts(std::string_view recorded, std::string_view live) {
  const auto made_up = [](std::string_view part) {
    return part.size() >= kMadeUpLength && part.find_first_of("0123456789") != std::string_view::npos;
  };
  if (recorded == live) return true;
  return made_up(recorded) && made_up(live) ? ids(recorded, live, true) : guids(recorded, live, true);
}

// Two addresses of the bot. Its origin may be another one (a tunnel then, this machine now), and parts of the path may
// be made up for one call; the rest says which of its handlers is to be called.
bool TextMatch::addresses(std::string_view recorded, std::string_view live) {
  const corpus::GraphPath left = corpus::parse_graph_path(recorded);
  const corpus::GraphPath right = corpus::parse_graph_path(live);
  const auto ends_in_slash = [](std::string_view url) { return url.substr(0, url.find('?')).ends_with('/'); };
  if (left.segments.size() != right.segments.size() || ends_in_slash(recorded) != ends_in_slash(live)) return false;
  for (std::size_t i = 0; i < left.segments.size(); ++i) {
    if (!address_parts(left.segments[i].text, right.segments[i].text)) return false;
  }
  const std::string left_query = corpus::canonical_query(left.query);
  const std::string right_query = corpus::canonical_query(right.query);
  return left_query == right_query || guids(left_query, right_query, true);
}

bool TextMatch::same(std::string_view recorded, std::string_view live, const Spot& spot) {
  if (corpus::is_stand_in(recorded) || corpus::is_stand_in(live)) return true;
  if (recorded.empty() || live.empty()) return recorded == live;
  const bool is_callback = spot.member == kCallbackUri;
  if (is_callback && !addresses(recorded, live)) return false;
  const bool made_by_bot = is_callback || spot.member == kClientContext;
  const bool may_be_new = author_ == Author::graph || !spot.who;
  if (made_by_bot || !bindings_.live_of(recorded).empty()) return ids(recorded, live, made_by_bot || may_be_new);
  if (corpus::holds_stand_in(recorded)) {
    return guids(corpus::without_stand_ins(recorded), corpus::without_stand_ins(live), may_be_new);
  }
  const std::size_t pairs = pairs_.size();
  if (guids(recorded, live, may_be_new)) return true;
  pairs_.resize(pairs);
  return recorded.find("calls/") != std::string_view::npos && paths(recorded, live);
}

void TextMatch::forget(const Mark& since) {
  pairs_.resize(since.pairs);
  ambiguous_.resize(since.ambiguous);
}

void TextMatch::give(Comparison& result) {
  result.pairs = std::move(pairs_);
  result.ambiguous = std::move(ambiguous_);
}

}  // namespace replay
