#include "harness/verify_command.h"

#include <fmt/format.h>

#include <algorithm>

#include "corpus/describe.h"
#include "corpus/leaks.h"
#include "corpus/session_file.h"
#include "corpus/verify.h"
#include "harness/print.h"
#include "harness/session_input.h"
#include "harness/whole_file.h"

namespace harness {
namespace {

namespace po = boost::program_options;

constexpr CommandHelp kVerifyHelp{
    .name = "corpus verify",
    .synopsis = "FILE|DIR… [--leaks] [--leak-rules FILE]",
    .about =
        "Checks sessions, and says of each whether it is fine, whether the recording is incomplete (cut off,\n"
        "a call without its beginning, …) or whether Graph misbehaved (an operation that ended twice, …):\n"
        "what the pages corpus/FORMAT.md and corpus/PROMISES.md promise. With --leaks it also tells every\n"
        "place where something looks like a secret or a person (corpus/TRUST.md). Exit status: 0 all is\n"
        "well, 1 a promise is broken or something leaks, 2 a file cannot be read as a session.\n",
    .example =
        "  rollcall corpus verify sessions\n"
        "  rollcall corpus verify --leaks --leak-rules our.rules for-the-vendor\n"};

struct VerifyOptions {
  std::vector<std::string> paths;
  bool leaks = false;
  std::string leak_rules;
};

corpus::Result<corpus::LeakRules> read_rules(const std::string& path) {
  if (path.empty()) return corpus::LeakRules();
  const auto text = read_whole(path);
  if (!text) return std::unexpected(text.error());
  return corpus::LeakRules::parse(*text, path);
}

// How much is wrong with it.
int verify_session(const corpus::Session& session, const VerifyOptions& options, const corpus::LeakRules& rules) {
  const std::vector<corpus::Complaint> broken = corpus::broken_promises(session);
  for (const corpus::Complaint& one : broken) print("{}\n", corpus::printable(corpus::to_string(one.fault)));
  std::string summary = corpus::summary_of(broken);
  bool good = broken.empty();
  if (options.leaks) {
    const std::vector<corpus::Fault> leaks = corpus::leaks_in(session, rules);
    for (const corpus::Fault& leak : leaks) print("{}\n", corpus::printable(corpus::to_string(leak)));
    if (!leaks.empty()) summary = fmt::format("{}it leaks ({})", good ? "" : summary + ", ", leaks.size());
    good = good && leaks.empty();
  }
  print("{}: {}\n", corpus::printable(session.path), summary);
  return good ? done : findings;
}

int run_verify(const VerifyOptions& options) {
  const auto files = session_files(options.paths);
  if (!files) return fail(kVerifyHelp.name, files.error(), bad_usage);
  const auto rules = read_rules(options.leak_rules);
  if (!rules) return fail(kVerifyHelp.name, rules.error(), bad_usage);
  int status = done;
  for (const std::string& file : *files) {
    const auto session = corpus::read_session(file);
    status = std::max<int>(status, session ? verify_session(*session, options, *rules)
                                           : fail(kVerifyHelp.name, session.error(), bad_usage));
  }
  return status;
}

}  // namespace

int verify_command(const Arguments& args) {
  VerifyOptions options;
  po::options_description list;
  list.add_options()("file", po::value(&options.paths)->required()->value_name("FILE"),
                     "session file or folder; also without --file")("leaks", po::bool_switch(&options.leaks),
                                                                    "look for secrets and people")(
      "leak-rules", po::value(&options.leak_rules)->value_name("FILE"),
      "more names and patterns to look for, and what is no leak; implies --leaks");
  po::positional_options_description positional;
  positional.add("file", -1);
  if (const auto over = read_options(kVerifyHelp, list, positional, args)) return *over;
  if (!options.leak_rules.empty()) options.leaks = true;
  return run_verify(options);
}

}  // namespace harness
