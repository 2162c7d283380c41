// `rollcall replay --step` as a process, with its commands in a pipe.
#include "harness/stepper.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <filesystem>
#include <thread>

#include "corpus/session_file.h"
#include "harness/http_server.h"
#include "tests/harness/loopback.h"
#include "tests/harness/pseudo_terminal.h"
#include "tests/harness/test_certificates.h"
#include "tests/harness/test_process.h"
#include "tests/support/session_builder.h"

namespace harness {
namespace {

using replay::Decision;
using support::call_is;
using support::kCall;
using support::SessionBuilder;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

corpus::Session three_deliveries() {
  return SessionBuilder()
      .delivery(0, 10, call_is(kCall, "incoming", "created"))
      .delivery(2000, 2010, call_is(kCall, "established"))
      .request(2020, 2030, "GET", "/v1.0/communications/calls")
      .delivery(4000, 4010, call_is(kCall, "terminated", "deleted"))
      .take();
}

std::string said(const StepCommand& command) {
  const auto* unclear = std::get_if<Unclear>(&command);
  return unclear != nullptr ? unclear->why : "";
}

StepCommand read(std::string_view line) {
  return read_step_command(line, three_deliveries(), {true, false, false, false});
}

Decision decision(std::string_view line) {
  const StepCommand command = read(line);
  const auto* found = std::get_if<Decision>(&command);
  EXPECT_NE(found, nullptr) << line << ": " << said(command);
  return found != nullptr ? *found : Decision{};
}

TEST(StepCommand, HasWordsAndLetters) {
  for (const char* line : {"go", "g", "  go\t"}) EXPECT_EQ(decision(line).kind, Decision::Kind::go);
  for (const char* line : {"skip", "s"}) EXPECT_EQ(decision(line).kind, Decision::Kind::skip);
  for (const char* line : {"repeat", "r"}) EXPECT_EQ(decision(line).kind, Decision::Kind::repeat);
  for (const char* line : {"quit", "q"}) EXPECT_EQ(decision(line).kind, Decision::Kind::quit);
  for (const char* line : {"edit", "e"}) EXPECT_TRUE(std::holds_alternative<EditBody>(read(line)));
  for (const char* line : {"help", "h", "?"}) EXPECT_TRUE(std::holds_alternative<ShowHelp>(read(line)));
}

TEST(StepCommand, RunsToAnExchangeOrToTheEnd) {
  for (const char* line : {"run to 4", "run 4", "t 4", "to 4"}) {
    EXPECT_EQ(decision(line).kind, Decision::Kind::run) << line;
    EXPECT_EQ(decision(line).until, 3u) << line;
  }
  EXPECT_EQ(decision("run").until, std::nullopt);
}

TEST(StepCommand, SaysWhatItDoesNotUnderstand) {
  EXPECT_EQ(said(read("run to nine")), "'nine' is no number of an exchange");
  EXPECT_EQ(said(read("run to 9")), "there is no exchange 9");
  EXPECT_EQ(said(read("run to 3")), "exchange 3 is the bot's to send");
  EXPECT_EQ(said(read("run to 1")), "exchange 1 was played already");
  for (const char* line : {"t", "run to", "run 2 4"}) EXPECT_EQ(said(read(line)), "run to which exchange?");
  EXPECT_EQ(said(read("go now")), "'go now' is no command: help tells which there are");
  EXPECT_EQ(said(read("\x1b[2J")), "'\\x1b[2J' is no command: help tells which there are");
  EXPECT_EQ(said(read("")), "go, skip, edit, repeat, run to N, quit or help?");
}

// A bot that says 202 to everything, and a person who types.
class StepTest : public testing::Test {
 protected:
  StepTest() {
    const corpus::Session session = three_deliveries();
    corpus::SessionInfo info;
    info.name = "stepped";
    info.started = "2026-11-24T10:00:00.000000Z";
    auto writer = corpus::SessionWriter::create(file("recorded.session.jsonl"), info);
    for (const corpus::Exchange& exchange : session.exchanges) {
      writer->request(exchange);
      writer->outcome(exchange);
    }
    EXPECT_TRUE(writer->finish(5000));
  }
  ~StepTest() override { std::filesystem::remove_all(folder_); }

  std::string file(const std::string& name) const { return folder_ + "/" + name; }

  // `shell` runs the command that "$@" stands for. What the bot was told stands in told_ afterwards.
  Ended replay(const std::string& session, const std::string& shell, std::vector<std::string> more) {
    Loop loop;
    told_.clear();
    HttpServer bot(loop.io, {},
                   HttpServer::Handler([this](corpus::Request told) -> Task<std::optional<corpus::Response>> {
                     if (told.method == "POST") told_.push_back(std::move(told.body));
                     co_return response(202, {{"Content-Length", "0"}});
                   }));
    std::vector<std::string> command{"/bin/sh",
                                     "-c",
                                     shell,
                                     "sh",
                                     ROLLCALL_EXECUTABLE,
                                     "replay",
                                     session,
                                     "--keep-ids",
                                     "--asap",
                                     "--settle",
                                     "1ms",
                                     "--patience",
                                     "1ms",
                                     "--lateness-budget",
                                     "1m",
                                     "--bot",
                                     "http://" + *bot.listen("127.0.0.1", 0)};
    command.insert(command.end(), more.begin(), more.end());
    TestProcess process(command);
    std::thread serving([&loop] { loop.io.run(); });
    Ended ended = process.wait();
    loop.io.stop();
    serving.join();
    return ended;
  }

  // Types this at the recording, and keeps the live session.
  Ended step(const std::string& typed) {
    return replay(file("recorded.session.jsonl"), "printf '" + typed + "' | \"$@\"",
                  {"--step", "--live", file("live.session.jsonl")});
  }

  // The live session, played again without steps, is what it was.
  void expect_that_live_replays() {
    const std::vector<std::string> told = told_;
    const Ended ended = replay(file("live.session.jsonl"), "exec \"$@\"", {});
    EXPECT_EQ(ended.status, 0) << ended.out << ended.err;
    EXPECT_EQ(told_, told);
  }

  // The verdict of the live session is that of the replay, which is a function of it.
  void expect_that_judge_says(const Ended& replayed) {
    const std::string recorded = file("recorded.session.jsonl");
    const Ended judged =
        rollcall({"judge", recorded, file("live.session.jsonl"), "--lateness-budget", "1m", "--deadline-factor", "0"});
    EXPECT_EQ(judged.status, replayed.status);
    EXPECT_EQ(judged.out, replayed.out.substr(replayed.out.find('\n') + 1)) << "behind the line \"ready\"";
  }

  // An editor that does this to the file "$1".
  void edit_by(const std::string& script) {
    const std::string path = file("editor");
    std::FILE* out = std::fopen(path.c_str(), "w");
    std::fputs(("#!/bin/sh\n" + script + "\n").c_str(), out);
    std::fclose(out);
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
    setenv("VISUAL", path.c_str(), 1);
  }

  const std::string first_ = call_is(kCall, "incoming", "created");
  const std::string second_ = call_is(kCall, "established");
  const std::string third_ = call_is(kCall, "terminated", "deleted");
  std::vector<std::string> told_;

 private:
  static std::string fresh_folder() {
    std::string path = testing::TempDir() + "stepXXXXXX";
    EXPECT_NE(mkdtemp(path.data()), nullptr);
    return path;
  }
  std::string folder_ = fresh_folder();
};

TEST_F(StepTest, AsksBeforeEachDeliveryAndSaysWhy) {
  const Ended ended = step("g\\ngo\\ng\\n");
  EXPECT_EQ(ended.status, 0) << ended.out << ended.err;
  EXPECT_THAT(told_, ElementsAre(first_, second_, third_));
  EXPECT_THAT(ended.err, HasSubstr("exchange 1 is due: POST /api/calls: created /communications/calls/57dab8b1…, "
                                   "incoming\n  waits for nothing"));
  EXPECT_THAT(ended.err, HasSubstr("exchange 2 is due: "));
  EXPECT_THAT(ended.err, HasSubstr("  because exchange 1 was sent: "));
  EXPECT_THAT(ended.err, HasSubstr("exchange 4 is due: "));
  EXPECT_THAT(ended.out, Not(HasSubstr("is due"))) << "results alone";
}

TEST_F(StepTest, GoesOnToTheEndWithTheInput) {
  const Ended ended = step("skip");
  EXPECT_THAT(told_, ElementsAre(second_, third_));
  EXPECT_THAT(ended.err, HasSubstr("end of input: on to the end\n"));
  EXPECT_THAT(ended.out, HasSubstr("withheld delivery: "));
  EXPECT_EQ(ended.status, 1);
}

TEST_F(StepTest, SkipsAndRepeatsAndKeepsThatAsASession) {
  const Ended ended = step("go\\nskip\\nrepeat\\nrepeat\\ngo\\n");
  EXPECT_EQ(ended.status, 1) << ended.err;
  EXPECT_THAT(told_, ElementsAre(first_, third_, third_, third_));
  EXPECT_THAT(ended.out, HasSubstr("established: skipped by hand\n"));
  EXPECT_THAT(ended.out, HasSubstr("terminated: repeated by hand\n"));
  expect_that_judge_says(ended);
  expect_that_live_replays();
}

TEST_F(StepTest, SendsWhatTheEditorMadeOfTheBody) {
  edit_by("stat -c %a \"$1\" > \"$1.mode\"; mv \"$1.mode\" " + file("mode") +
          "; sed -i s/established/establishing/ \"$1\"; echo >> \"$1\"");
  const Ended ended = step("run to 2\\nedit\\ngo\\nrun\\n");
  EXPECT_THAT(told_, ElementsAre(first_, call_is(kCall, "establishing"), third_)) << ended.err;
  EXPECT_EQ(read_file(file("mode")), "600\n");
  expect_that_live_replays();
}

TEST_F(StepTest, TellsOfJsonThatAnEditHasBroken) {
  edit_by("printf '{\"value\":[}' > \"$1\"");
  const Ended ended = step("edit\\nwhat\\nundo\\nedit\\nkeep\\ngo\\nrun\\n");
  EXPECT_THAT(ended.err, HasSubstr("this is no JSON: expected a value, found '}', at byte 10\n"));
  EXPECT_THAT(ended.err, HasSubstr("the body stays as it was\n"));
  EXPECT_THAT(told_, ElementsAre("{\"value\":[}", second_, third_)) << ended.err;
  expect_that_live_replays();
}

TEST_F(StepTest, LeavesTheBodyIfTheEditorFails) {
  edit_by("echo spoilt > \"$1\"; exit 3");
  const Ended ended = step("edit\\ngo\\nrun\\n");
  EXPECT_THAT(ended.err, HasSubstr("editor: ended with exit status 3: the body stays as it is\n"));
  EXPECT_THAT(told_, ElementsAre(first_, second_, third_));
}

TEST_F(StepTest, QuitsWithAVerdictOfWhatWasPlayed) {
  const Ended ended = step("go\\ngo\\nquit\\n");
  EXPECT_EQ(ended.status, 4) << ended.out << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("inconclusive: "));
  EXPECT_THAT(ended.out, HasSubstr("deliveries: 2 of 3"));
  EXPECT_THAT(ended.out, HasSubstr("quit before exchange 4: 1 delivery was not sent"));
  EXPECT_THAT(told_, ElementsAre(first_, second_));
  expect_that_judge_says(ended);
  expect_that_live_replays();
}

TEST_F(StepTest, QuitsWithTheFindingsSoFar) {
  const Ended ended = step("skip\nquit\n");
  EXPECT_EQ(ended.status, 1) << ended.out << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("skipped by hand"));
  EXPECT_THAT(ended.out, HasSubstr("quit before exchange 2: 2 deliveries were not sent"));
  expect_that_judge_says(ended);
}

TEST_F(StepTest, RunsToTheOneThatIsHeldAndStaysThere) {
  const Ended ended = step("go\nrun to 2\nrun to 4\nskip\n");
  EXPECT_THAT(ended.err, HasSubstr("exchange 2 is the one that is held: it is due, and go sends it\n"));
  EXPECT_THAT(ended.err, HasSubstr("on to it: exchange 4 waits for exchange 2, POST /api/calls: "));
  EXPECT_THAT(told_, ElementsAre(first_, second_)) << "it stopped at 4, which was skipped";
}

TEST_F(StepTest, ShowsWhatWasDoneByHandAsItWasPlayed) {
  edit_by("sed -i s/established/hold/ \"$1\"");
  const Ended ended = step("skip\nedit\ngo\nrun\n");
  EXPECT_THAT(ended.err, HasSubstr("because exchange 1 (skipped by hand) was not sent: "));
  EXPECT_THAT(ended.err, HasSubstr("exchange 2 (edited by hand) is due: POST /api/calls: updated "
                                   "/communications/calls/57dab8b1…, hold\n"));
  EXPECT_THAT(ended.err, HasSubstr("because exchange 2 (edited by hand) was sent: "));
  expect_that_judge_says(ended);
}

TEST_F(StepTest, AsksAgainWhenItDoesNotUnderstand) {
  const Ended ended = step("gO\\n\\nhelp\\nrun\\n");
  EXPECT_EQ(ended.status, 0) << ended.out << ended.err;
  EXPECT_THAT(ended.err, HasSubstr("step> 'gO' is no command"));
  EXPECT_THAT(ended.err, HasSubstr("Time stands still meanwhile"));
}

TEST_F(StepTest, ReadsCommandsFromAFile) {
  std::FILE* out = std::fopen(file("typed").c_str(), "w");
  std::fputs("go\nskip\ngo\n", out);
  std::fclose(out);
  const Ended ended = replay(file("recorded.session.jsonl"), "exec \"$@\" < " + file("typed"), {"--step"});
  EXPECT_EQ(ended.status, 1) << ended.err;
  EXPECT_THAT(told_, ElementsAre(first_, third_));
}

TEST_F(StepTest, AsksAtATerminalAndLeavesItAsItWas) {
  PseudoTerminal terminal;
  terminal.type("go\nskip\ngo\n");
  const Ended ended =
      replay(file("recorded.session.jsonl"),
             "\"$@\" < " + terminal.path() + " 2> " + terminal.path() + "; stty -a < " + terminal.path(), {"--step"});
  EXPECT_THAT(told_, ElementsAre(first_, third_));
  EXPECT_THAT(terminal.shown(), HasSubstr("step> "));
  EXPECT_THAT(ended.out, HasSubstr(" icanon "));
}

TEST_F(StepTest, LeavesItsInputBlockingForWhoeverReadsNext) {
  // The flags that the pipe is open with, in octal, before and after.
  const std::string flags = "grep flags: /proc/self/fdinfo/0";
  const Ended ended =
      replay(file("recorded.session.jsonl"),
             "printf 'go\\nrun\\n' | (" + flags + "; \"$@\" > " + file("out") + "; " + flags + ")", {"--step"});
  EXPECT_EQ(told_.size(), 3u);
  const std::size_t half = ended.out.size() / 2;
  EXPECT_THAT(ended.out, HasSubstr("flags:"));
  EXPECT_EQ(ended.out.substr(0, half), ended.out.substr(half));
}

TEST_F(StepTest, IsForOneSession) {
  const std::string session = file("recorded.session.jsonl");
  const Ended two = rollcall({"replay", session, session, "--bot", "http://127.0.0.1:1", "--step"});
  EXPECT_EQ(two.status, 2);
  EXPECT_THAT(two.err, HasSubstr("--step: is for one session"));
  std::filesystem::copy_file(session, file("other.session.jsonl"));
  const Ended folder = rollcall({"replay", file(""), "--bot", "http://127.0.0.1:1", "--step"});
  EXPECT_EQ(folder.status, 2);
  EXPECT_THAT(folder.err, HasSubstr("--step: is for one session"));
  const Ended live =
      rollcall({"replay", file(""), "--bot", "http://127.0.0.1:1", "--live", file("live.session.jsonl")});
  EXPECT_EQ(live.status, 2);
  EXPECT_THAT(live.err, HasSubstr("--live: keeps one live session"));
}

}  // namespace
}  // namespace harness
