#include "fuzz/straight_order.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "corpus/manner.h"
#include "corpus/session_file.h"
#include "fuzz/batch.h"
#include "fuzz/descent.h"
#include "fuzz/random.h"
#include "fuzz/session_bench.h"

namespace fuzz {
namespace {

using corpus::Exchange;
using corpus::Micros;

constexpr Micros kBetween = 1000;  // two moments

// Copies of one thing stand together, the original first, and only the first of them is kept.
std::vector<const Exchange*> as_recorded(const corpus::Session& session) {
  struct Item {
    Descent from;
    const Exchange* exchange;
  };
  std::vector<Item> items;
  for (const Exchange& exchange : session.exchanges) {
    items.push_back({descent_of(exchange.request_extra).value_or(Descent{exchange.number}), &exchange});
  }
  const auto what = [](const Item& item) { return std::pair(item.from.made_of, item.from.part); };
  std::ranges::stable_sort(items, {}, [&](const Item& item) {
    return std::tuple_cat(what(item), std::tuple(item.exchange->number != item.from.made_of));
  });
  std::vector<const Exchange*> exchanges;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i == 0 || what(items[i]) != what(items[i - 1])) exchanges.push_back(items[i].exchange);
  }
  return exchanges;
}

// Without what says when and how it is sent.
Exchange plain(const Exchange& exchange) {
  Exchange made = exchange;
  made.after.reset();
  made.due.reset();
  set_descent(made.request_extra, std::nullopt);
  corpus::set_manner(made.request.extra, {});
  if (auto* const response = std::get_if<corpus::Response>(&made.outcome)) corpus::set_manner(response->extra, {});
  return made;
}

// Each notification of a delivery as one of its own: another message, as far as the bot can tell.
std::vector<Exchange> one_by_one(const Exchange& exchange, JsonIndex& index, Random& random) {
  std::vector<Exchange> made;
  const bool of_graph = exchange.leg == corpus::Leg::webhook && is_notification(exchange.request);
  const auto batch = of_graph ? batch_of(index, exchange.request.body) : std::nullopt;
  if (!batch) return {exchange};
  for (std::size_t at = 0; at < batch->elements.size(); ++at) {
    corpus::Request& request = made.emplace_back(exchange).request;
    set_body(request, part_of(exchange.request.body, *batch, at, at + 1));
    if (at > 0) renew_message(request.headers, random);
  }
  return made;
}

}  // namespace

corpus::Session straight_order(const corpus::Session& session) {
  corpus::Session made;
  made.info = session.info;
  made.path = session.path;
  std::int64_t last_number = 0;
  for (const Exchange& exchange : session.exchanges) last_number = std::max(last_number, exchange.number);
  JsonIndex index;
  Random random(0);
  Micros time = 0;
  std::size_t line = 1;  // the header's
  for (const Exchange* const exchange : as_recorded(session)) {
    const std::int64_t number = exchange->number;
    bool first = true;
    for (Exchange& piece : one_by_one(plain(*exchange), index, random)) {
      piece.number = std::exchange(first, false) ? number : ++last_number;
      piece.sent = time += kBetween;
      piece.request_line = ++line;
      if (piece.ended_at_all()) piece.ended = time += kBetween;
      piece.outcome_line = piece.ended_at_all() ? ++line : 0;
      made.exchanges.push_back(std::move(piece));
    }
  }
  made.end = corpus::SessionEnd{.time = time, .messages = corpus::message_count(made), .extra = {}, .line_extra = {}};
  return made;
}

}  // namespace fuzz
