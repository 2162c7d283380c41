#include "harness/redact_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <span>

#include "corpus/ascii.h"
#include "corpus/describe.h"
#include "corpus/keyed_hash.h"
#include "corpus/session_file.h"
#include "corpus/session_redaction.h"
#include "harness/file_replacing.h"
#include "harness/live_log.h"
#include "harness/print.h"
#include "harness/session_input.h"
#include "harness/whole_file.h"

namespace harness {
namespace {

namespace fs = std::filesystem;
namespace po = boost::program_options;
using corpus::Error;
using corpus::Fault;

constexpr CommandHelp kRedactHelp{
    .name = "corpus redact",
    .synopsis = "SESSION|DIR… [--people] [--key-file FILE] [--out DIR|FILE]",
    .about =
        "Replaces secrets wherever they stand in a session, in every spelling; with --people also names, ids\n"
        "of users and tenants, mail and IP addresses, telephone numbers, chats and meetings, so that a\n"
        "recording may leave the company. What replaces them keeps its form, and sessions replay as before.\n"
        "All sessions of one run, and of runs with one --key-file, have the same stand-ins. Without --out\n"
        "each file is replaced by its redacted version. What is taken for a secret or a person, and what to\n"
        "check before a recording goes out: corpus/TRUST.md. Exit status: 0 done, 2 usage, or a file that\n"
        "cannot be read, as a whole or in part (its good lines are written to --out), 3 cannot write.\n",
    .example =
        "  rollcall corpus redact sessions --people --key-file ~/rollcall.key --out for-the-vendor\n"
        "  rollcall corpus verify --leaks for-the-vendor\n"};

struct RedactOptions {
  std::vector<std::string> sessions;
  bool people = false;
  std::string key_file;
  std::string out;
};

/// A session file, and where it goes.
struct Job {
  std::string from;
  std::string to;
  bool in_place = false;
};

corpus::Result<corpus::Redactor::Key> read_key(const std::string& path) {
  constexpr std::size_t kShortest = 16;  // bytes: fewer could be guessed
  std::error_code ec;
  if (!fs::exists(path, ec)) {
    std::string digits;
    for (const std::byte byte : random_key()) corpus::append_hex(digits, std::to_integer<unsigned char>(byte));
    const auto made = write_secret(path, digits + "\n");
    if (!made) return std::unexpected(made.error());
    if (*made) say("rollcall corpus redact: made a key: {}\n", corpus::printable(path));
  }
  const auto text = read_whole(path);
  if (!text) return std::unexpected(text.error());
  if (text->size() < kShortest) {
    return std::unexpected(Fault{Error::invalid, path, fmt::format("a key has at least {} bytes", kShortest)});
  }
  // Whatever the file holds becomes a key of the right size.
  const corpus::Digest digest = corpus::KeyedHash({}).of("rollcall corpus redact:", *text);
  corpus::Redactor::Key key;
  std::ranges::copy(std::as_bytes(std::span(digest)), key.begin());
  return key;
}

// A folder, unless --out names a session file.
corpus::Result<std::vector<Job>> jobs_of(const std::vector<std::string>& files, const std::string& out) {
  const bool one_file = out.ends_with(corpus::kSessionSuffix);
  if (one_file && files.size() > 1) {
    return std::unexpected(Fault{Error::invalid, "--out", "names one file, and there are several sessions"});
  }
  std::vector<Job> jobs;
  std::set<std::string> taken;
  for (const std::string& file : files) {
    const std::string to = out.empty() ? file : one_file ? out : (fs::path(out) / fs::path(file).filename()).string();
    std::error_code ec;
    const bool in_place = out.empty() || fs::equivalent(file, to, ec);
    if (!in_place && fs::exists(to, ec)) return std::unexpected(Fault{Error::invalid, to, "is there already"});
    if (!taken.insert(to).second) return std::unexpected(Fault{Error::invalid, to, "two sessions have this name"});
    jobs.push_back({file, to, in_place});
  }
  return jobs;
}

corpus::Result<void> write_in_one_step(const std::string& path, const corpus::Session& session) {
  const std::string beside = name_beside(path);
  if (auto written = corpus::write_session(beside, session); !written) {
    std::error_code ec;
    fs::remove(beside, ec);
    return written;
  }
  return move_into_place(beside, path);
}

ExitStatus redact_one(const Job& job, corpus::Session session, corpus::Redactor& redactor) {
  const bool damaged = !session.damage.empty();
  if (damaged && job.in_place) {
    // What cannot be read cannot be redacted either; and it must not be lost.
    return fail(kRedactHelp.name,
                {Error::damaged, job.from, "has damaged lines, and stays as it is; name another --out"}, bad_usage);
  }
  corpus::redact(session, redactor);
  if (const auto written = write_in_one_step(job.to, session); !written) {
    return fail(kRedactHelp.name, written.error(), environment);
  }
  print("{}\n", corpus::printable(job.to));
  if (!damaged) return done;
  return fail(kRedactHelp.name, {Error::damaged, job.to, fmt::format("lacks the damaged lines of {}", job.from)},
              bad_usage);
}

int redact_all(const std::vector<Job>& jobs, corpus::Redactor& redactor) {
  int status = done;
  // With one session its reading is spared; of several, each may know what another one holds.
  if (jobs.size() > 1) {
    for (const Job& job : jobs) {
      auto session = corpus::read_session(job.from);
      if (session) corpus::learn(*session, redactor);
    }
  }
  for (const Job& job : jobs) {
    auto session = load_session(kRedactHelp.name, job.from);
    if (!session) {
      status = std::max<int>(status, fail(kRedactHelp.name, session.error(), bad_usage));
      continue;
    }
    if (jobs.size() == 1) corpus::learn(*session, redactor);
    status = std::max<int>(status, redact_one(job, std::move(*session), redactor));
  }
  return status;
}

int run_redact(const RedactOptions& options) {
  const auto files = session_files(options.sessions);
  if (!files) return fail(kRedactHelp.name, files.error(), bad_usage);
  const auto jobs = jobs_of(*files, options.out);
  if (!jobs) return fail(kRedactHelp.name, jobs.error(), bad_usage);
  auto key =
      options.key_file.empty() ? corpus::Result<corpus::Redactor::Key>(random_key()) : read_key(options.key_file);
  if (!key) return fail(kRedactHelp.name, key.error(), bad_usage);
  if (!options.out.empty()) {
    const fs::path folder =
        options.out.ends_with(corpus::kSessionSuffix) ? fs::path(options.out).parent_path() : fs::path(options.out);
    std::error_code ec;
    if (!folder.empty()) fs::create_directories(folder, ec);
    if (ec) return fail(kRedactHelp.name, {Error::unreadable, folder.string(), ec.message()}, environment);
  }
  using Scope = corpus::Redactor::Scope;
  corpus::Redactor redactor(*key, options.people ? Scope::people : Scope::secrets);
  return redact_all(*jobs, redactor);
}

}  // namespace

int redact_command(const Arguments& args) {
  RedactOptions options;
  po::options_description list;
  list.add_options()("file", po::value(&options.sessions)->required()->value_name("FILE"),
                     "session file or folder; also without --file")("people", po::bool_switch(&options.people),
                                                                    "replace what is said about people, too")(
      "key-file", po::value(&options.key_file)->value_name("FILE"),
      "what stand-ins are made with; written if it is not there, to be kept secret (default: a random key)")(
      "out", po::value(&options.out)->value_name("PATH"),
      "folder for the redacted sessions, made if it is not there, or for one session its file");
  po::positional_options_description positional;
  positional.add("file", -1);
  if (const auto over = read_options(kRedactHelp, list, positional, args)) return *over;
  return run_redact(options);
}

}  // namespace harness
