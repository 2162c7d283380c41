#include "replay/death.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "replay/result_json.h"
#include "replay/told.h"

namespace replay {

namespace json = boost::json;

using corpus::Exchange;
using corpus::Leg;
using corpus::Micros;
using corpus::Session;

namespace {

bool is_unanswered(const Exchange& exchange) {
  return exchange.leg == Leg::webhook && exchange.response() == nullptr && has_arrived(exchange);
}

// When the bot last did something: it asked, or it answered.
Micros last_sign_of_life(const Session& live, Micros died) {
  Micros last = 0;
  for (const Exchange& exchange : live.exchanges) {
    const bool asked = exchange.leg == Leg::graph;
    const bool answered = exchange.leg == Leg::webhook && exchange.response() != nullptr;
    const Micros sign = asked ? exchange.sent : answered ? exchange.ended : 0;
    if (sign <= died) last = std::max(last, sign);
  }
  return last;
}

// Whether the bot was still at work on it when it was last alive: one that it let time out before that, or closed
// without a word, it has survived.
bool is_open(const Exchange& exchange, Micros alive) {
  return is_unanswered(exchange) && (!exchange.ended_at_all() || exchange.ended >= alive);
}

// The first connection that broke with the bot; what was sent behind that has not killed it.
Micros first_sign_of_death(const Session& live, Micros alive, Micros died) {
  Micros first = died;
  for (const Exchange& exchange : live.exchanges) {
    const bool broke = is_open(exchange, alive) && exchange.failure() != nullptr;
    if (broke && exchange.failure()->reason != "timeout") first = std::min(first, exchange.ended);
  }
  return first;
}

}  // namespace

std::string to_member(const Death& death) {
  json::array output;
  for (const std::string& line : death.output) output.emplace_back(json_text(line));
  return "\"died\":" +
         json::serialize(json::object{{"t", death.time}, {"how", json_text(death.how)}, {"output", std::move(output)}});
}

std::optional<Death> death_of(const corpus::Session& live) {
  if (!live.end || live.end->extra.empty()) return std::nullopt;
  boost::system::error_code ec;
  const json::value end = json::parse("{" + live.end->extra + "}", ec);
  const auto* members = ec ? nullptr : end.if_object();
  const auto* died = members != nullptr ? members->if_contains("died") : nullptr;
  const auto* object = died != nullptr ? died->if_object() : nullptr;
  if (object == nullptr) return std::nullopt;
  const auto* time = object->if_contains("t");
  const auto* how = object->if_contains("how");
  if (time == nullptr || !time->is_int64() || how == nullptr || !how->is_string()) return std::nullopt;
  Death death{time->get_int64(), std::string(how->get_string()), {}};
  const auto* output = object->if_contains("output");
  if (output == nullptr || !output->is_array()) return death;
  for (const json::value& line : output->get_array()) {
    if (line.is_string()) death.output.emplace_back(line.get_string());
  }
  return death;
}

std::optional<std::size_t> killer_in(const Session& live, Micros died) {
  const Micros alive = last_sign_of_life(live, died);
  const Micros dead = first_sign_of_death(live, alive, died);
  std::optional<std::size_t> last;
  for (std::size_t i = 0; i < live.exchanges.size(); ++i) {
    const Exchange& exchange = live.exchanges[i];
    const auto when = told_at(exchange);
    if (!when || *when > dead) continue;
    const bool open = is_open(exchange, alive);
    const bool was_open = last && is_open(live.exchanges[*last], alive);
    const bool later = !last || *when >= *told_at(live.exchanges[*last]);
    if (open == was_open ? later : open) last = i;
  }
  return last;
}

}  // namespace replay
