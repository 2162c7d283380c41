// The person who replays step by step: what is due is shown, and what is typed becomes decisions.
#pragma once

#include <boost/asio/io_context.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "corpus/exchange.h"
#include "harness/replayer.h"
#include "harness/terminal.h"
#include "replay/plan.h"
#include "replay/stepping.h"

namespace harness {

/// What a line of input asks for, apart from decisions.
struct EditBody {};
struct ShowHelp {};
/// It asks for nothing; why.
struct Unclear {
  std::string why;
};
using StepCommand = std::variant<replay::Decision, EditBody, ShowHelp, Unclear>;

/// Reads one line. `recorded` and `passed` say which exchanges can still be run to.
StepCommand read_step_command(std::string_view line, const corpus::Session& recorded, const std::vector<bool>& passed);

/// Asks on standard error about each delivery that a replayer holds, and reads the answers from standard input. The end
/// of the input is an answer too: go on to the end of the session. All must outlive it, and it the io_context's work.
class Stepper {
 public:
  Stepper(boost::asio::io_context& io, const corpus::Session& recorded, Replayer& replayer, bool count_polling);

  /// An editor has the terminal, and what is typed is for it: also Ctrl-C.
  bool editing() const { return editing_; }

 private:
  enum class Choice { edit, keep, undo };  // about a body that is no JSON any more

  void held();
  void show_held();
  bool may_run_to(std::size_t exchange);
  Task<void> ask();
  Task<std::optional<replay::Decision>> answer_of(const std::string& line);
  Task<void> edit();
  Task<Choice> ask_about_fault();

  boost::asio::io_context& io_;
  const corpus::Session& recorded_;
  Replayer& replayer_;
  replay::Plan plan_;
  InputLines input_;
  bool helped_ = false;
  bool editing_ = false;
};

}  // namespace harness
