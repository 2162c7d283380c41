#include "corpus/sequence.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <vector>

#include "corpus/describe.h"

namespace corpus {
namespace {

// A request or what became of it.
struct Message {
  Micros time;
  std::size_t line;
  const Exchange* exchange;
  bool outcome;
};

std::vector<Message> messages_of(const Session& session) {
  std::vector<Message> messages;
  for (const Exchange& exchange : session.exchanges) {
    messages.push_back({exchange.sent, exchange.request_line, &exchange, false});
    if (exchange.ended_at_all()) messages.push_back({exchange.ended, exchange.outcome_line, &exchange, true});
  }
  std::ranges::stable_sort(messages, [](const Message& a, const Message& b) {
    return a.time != b.time ? a.time < b.time : a.line < b.line;
  });
  return messages;
}

// Requests go along a full line, answers along a dotted one, failures nowhere.
std::string_view arrow(const Message& message) {
  const bool to_bot = (message.exchange->leg == Leg::webhook) != message.outcome;
  if (message.exchange->failure() != nullptr && message.outcome) return "   ✗   ";
  if (message.outcome) return to_bot ? " ◁╌╌╌╌ " : " ╌╌╌╌▷ ";
  return to_bot ? " ◀──── " : " ────▶ ";
}

}  // namespace

std::string sequence_text(const Session& session) {
  std::string text;
  auto out = std::back_inserter(text);
  fmt::format_to(out, "{}  {}\n  bot   {}\n  graph {}\n\n      time      #  bot  graph\n",
                 printable(session.info.name, 200), printable(session.info.started, 100),
                 printable(session.info.bot, 200), printable(session.info.graph, 200));
  Describer describer;
  for (const Message& message : messages_of(session)) {
    const Exchange& exchange = *message.exchange;
    fmt::format_to(out, "{:>10.3f} {:>6} {} {}\n", static_cast<double>(message.time) / 1e6, exchange.number,
                   arrow(message),
                   message.outcome ? describer.outcome(exchange.outcome) : describer.request(exchange.request));
  }
  for (const Exchange& exchange : session.exchanges) {
    if (!exchange.ended_at_all()) fmt::format_to(out, "  exchange {} has no answer\n", exchange.number);
  }
  for (const Fault& fault : session.damage) fmt::format_to(out, "  {}\n", printable(to_string(fault)));
  if (!session.end) text += "  the recording was cut off\n";
  return text;
}

}  // namespace corpus
