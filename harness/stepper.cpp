#include "harness/stepper.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <charconv>
#include <vector>

#include "corpus/describe.h"
#include "corpus/json_place.h"
#include "corpus/json_text.h"
#include "harness/print.h"
#include "replay/due_notice.h"

namespace harness {
namespace {

namespace asio = boost::asio;
using replay::Decision;
using Kind = Decision::Kind;

constexpr std::string_view kShortHelp = "go, skip, edit, repeat, run to N, quit, help\n";
constexpr std::string_view kStepperHelp =
    "  g, go          send it\n"
    "  s, skip        do not send it; what waits for it goes on as if it had been sent\n"
    "  e, edit        open its body in $VISUAL or $EDITOR, and stop before it again\n"
    "  r, repeat      send it, and stop before it again\n"
    "  t, run to N    send it and all that follow, and stop before exchange N\n"
    "  run            send it and all that follow\n"
    "  q, quit        end the replay here; unless something was found by now, that proves nothing (exit status 4)\n"
    "  h, help        this\n"
    "Time stands still meanwhile: nobody is late because you think.\n";

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  while (true) {
    const std::size_t begin = line.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return words;
    line.remove_prefix(begin);
    const std::size_t end = std::min(line.find_first_of(" \t"), line.size());
    words.push_back(line.substr(0, end));
    line.remove_prefix(end);
  }
}

StepCommand run_to(std::string_view number, const corpus::Session& recorded, const std::vector<bool>& passed) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  if (error != std::errc() || end != number.data() + number.size()) {
    return Unclear{fmt::format("'{}' is no number of an exchange", corpus::printable(number, 40))};
  }
  const auto found = std::ranges::find(recorded.exchanges, value, &corpus::Exchange::number);
  if (found == recorded.exchanges.end()) return Unclear{fmt::format("there is no exchange {}", value)};
  const auto place = static_cast<std::size_t>(found - recorded.exchanges.begin());
  if (found->leg != corpus::Leg::webhook) return Unclear{fmt::format("exchange {} is the bot's to send", value)};
  if (passed[place]) return Unclear{fmt::format("exchange {} was played already", value)};
  return Decision{Kind::run, place};
}

}  // namespace

StepCommand read_step_command(std::string_view line, const corpus::Session& recorded, const std::vector<bool>& passed) {
  std::vector<std::string_view> words = words_of(line);
  if (words.empty()) return Unclear{"go, skip, edit, repeat, run to N, quit or help?"};
  const std::string_view word = words.front();
  const auto is = [&](std::string_view whole, std::string_view letter) { return word == whole || word == letter; };
  if (is("run", "t") || word == "to") {
    words.erase(words.begin());
    if (word == "run" && !words.empty() && words.front() == "to") words.erase(words.begin());
    if (words.size() == 1) return run_to(words.front(), recorded, passed);
    if (words.empty() && line.find("to") == std::string_view::npos && word == "run") return Decision{Kind::run, {}};
    return Unclear{"run to which exchange?"};
  }
  if (words.size() == 1) {
    if (is("go", "g")) return Decision{Kind::go};
    if (is("skip", "s")) return Decision{Kind::skip};
    if (is("repeat", "r")) return Decision{Kind::repeat};
    if (is("quit", "q")) return Decision{Kind::quit};
    if (is("edit", "e")) return EditBody{};
    if (is("help", "h") || word == "?") return ShowHelp{};
  }
  return Unclear{fmt::format("'{}' is no command: help tells which there are", corpus::printable(line, 40))};
}

Stepper::Stepper(asio::io_context& io, const corpus::Session& recorded, Replayer& replayer, bool count_polling)
    : io_(io),
      recorded_(recorded),
      replayer_(replayer),
      plan_(replay::make_plan(recorded, {count_polling})),
      input_(io) {
  replayer_.on_hold([this] { held(); });
}

void Stepper::held() {
  asio::co_spawn(io_.get_executor(), ask(), [](const std::exception_ptr& error) {
    if (error) std::rethrow_exception(error);
  });
}

void Stepper::show_held() {
  say("{}", replay::due_notice(recorded_, plan_, *replayer_.held(), replayer_.stepping().changes()));
}

// Says what is waited for, since it may be long in coming. To what is held already there is nothing to run.
bool Stepper::may_run_to(std::size_t exchange) {
  if (exchange == replayer_.held()->exchange) {
    say("exchange {} is the one that is held: it is due, and go sends it\n", recorded_.exchanges[exchange].number);
    return false;
  }
  say("on to it: {}\n", replay::waiting_notice(recorded_, plan_, exchange, replayer_.stepping().waits_for(exchange)));
  return true;
}

Task<void> Stepper::ask() {
  show_held();
  if (!helped_) write_note(kShortHelp);
  helped_ = true;
  while (true) {
    write_note("step> ");
    const auto line = co_await input_.next();
    if (!line) {
      write_note("\nend of input: on to the end\n");
      replayer_.decide({Kind::run, {}});
      co_return;
    }
    const auto decision = co_await answer_of(*line);
    if (!decision) continue;
    replayer_.decide(*decision);
    co_return;
  }
}

Task<std::optional<Decision>> Stepper::answer_of(const std::string& line) {
  const StepCommand command = read_step_command(line, recorded_, replayer_.stepping().passed());
  if (const auto* decision = std::get_if<Decision>(&command)) {
    if (decision->until && !may_run_to(*decision->until)) co_return std::nullopt;
    co_return *decision;
  }
  if (const auto* unclear = std::get_if<Unclear>(&command)) {
    say("{}\n", unclear->why);
  } else if (std::holds_alternative<ShowHelp>(command)) {
    write_note(kStepperHelp);
  } else {
    co_await edit();
  }
  co_return std::nullopt;
}

// Opens the body again and again until it is JSON, or is kept or given up on purpose. A body that was no JSON need not
// become any.
Task<void> Stepper::edit() {
  const std::string before = replayer_.held()->request.body;
  const bool json = !corpus::first_json_fault(before, corpus::kMaxEmbeddedDepth);
  std::string text = before;
  while (true) {
    editing_ = true;
    auto edited = co_await edit_text(io_, text, json ? ".json" : ".txt");
    editing_ = false;
    if (!edited) {
      say("{}: the body stays as it is\n", corpus::to_string(edited.error()));
      co_return;
    }
    // Most editors end the last line of a file, whether it was ended or not.
    if (edited->ends_with('\n') && !text.ends_with('\n')) edited->pop_back();
    text = std::move(*edited);
    const auto fault = json ? corpus::first_json_fault(text, corpus::kMaxEmbeddedDepth) : std::nullopt;
    if (!fault) break;
    say("this is no JSON: {}, at byte {}\n", corpus::printable(fault->what), fault->offset);
    const auto choice = co_await ask_about_fault();
    if (choice == Choice::undo) co_return;
    if (choice == Choice::keep) break;
  }
  if (text == before) {
    write_note("nothing changed\n");
    co_return;
  }
  replayer_.edit(std::move(text));
  show_held();
}

// The end of the input undoes: nobody has said that broken JSON is wanted.
Task<Stepper::Choice> Stepper::ask_about_fault() {
  while (true) {
    write_note("edit again, keep it, or undo? ");
    const auto line = co_await input_.next();
    if (!line || *line == "u" || *line == "undo") {
      write_note("the body stays as it was\n");
      co_return Choice::undo;
    }
    if (*line == "e" || *line == "edit") co_return Choice::edit;
    if (*line == "k" || *line == "keep") co_return Choice::keep;
  }
}

}  // namespace harness
