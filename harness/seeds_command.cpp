#include "harness/seeds_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "corpus/seeds.h"
#include "harness/print.h"
#include "harness/session_input.h"

namespace harness {
namespace {

namespace fs = std::filesystem;
namespace po = boost::program_options;

constexpr CommandHelp kSeedsHelp{
    .name = "corpus seeds",
    .synopsis = "[FILE|DIR]… [--payloads FILE|DIR]… --out DIR",
    .about =
        "Makes seeds for fuzz targets from recordings: one folder for each kind of target (notification,\n"
        "invite, operation, redaction, http_message, correlation, session_file), each input named by its\n"
        "content, and words.dict for -dict=. Payloads that are files of their own go to the folder of\n"
        "--kind. What is there already stays: run it again whenever there are new recordings.\n",
    .example =
        "  rollcall corpus seeds sessions --out seeds\n"
        "  rollcall corpus seeds --payloads from-the-logs --kind notification --out seeds\n"
        "  my_parser_fuzz -dict=seeds/words.dict corpus seeds/notification\n"};

corpus::Fault cannot_write(const fs::path& path, const std::string& why) {
  return {corpus::Error::unreadable, path.string(), why};
}

/// The whole file; a fault only if it cannot be read.
corpus::Result<std::string> bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes(std::istreambuf_iterator<char>(file), {});
  if (!file) return std::unexpected(corpus::Fault{corpus::Error::unreadable, path.string(), "cannot be read"});
  return bytes;
}

corpus::Result<void> write(const fs::path& path, std::string_view bytes) {
  std::ofstream file(path, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file) return std::unexpected(cannot_write(path, "cannot be written"));
  return {};
}

/// The folders below --out, and what has been put there.
class SeedFolder {
 public:
  explicit SeedFolder(fs::path out) : out_(std::move(out)) {}

  corpus::Result<void> add(std::string_view target, std::string_view bytes) {
    const fs::path folder = out_ / target;
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) return std::unexpected(cannot_write(folder, error.message()));
    ++seeds_[std::string(target)];
    const fs::path path = folder / corpus::seed_name(bytes);
    if (fs::exists(path, error)) return {};  // its name is its content
    ++new_seeds_[std::string(target)];
    return write(path, bytes);
  }

  /// Joins the words with those of an earlier run.
  corpus::Result<void> add_words(std::set<std::string> words) {
    const fs::path path = out_ / "words.dict";
    std::ifstream before(path);
    for (std::string line; std::getline(before, line);) {
      if (!line.empty()) words.insert(std::move(line));
    }
    before.close();
    words_ = words.size();
    std::string text;
    for (const std::string& word : words) text.append(word).append("\n");
    return write(path, text);
  }

  void show() const {
    for (const auto& [target, count] : seeds_) {
      const auto added = new_seeds_.find(target);
      print("{:14}{:>6} seeds, {} new\n", target, count, added == new_seeds_.end() ? 0 : added->second);
    }
    print("{:14}{:>6} words\n", "words.dict", words_);
  }

 private:
  fs::path out_;
  std::map<std::string, std::size_t> seeds_;
  std::map<std::string, std::size_t> new_seeds_;
  std::size_t words_ = 0;
};

/// Whether the seeds of a target are bodies: the others hold the same words, and headers beside them.
bool is_body(std::string_view target) {
  return target == corpus::kNotificationSeeds || target == corpus::kInviteSeeds || target == corpus::kOperationSeeds;
}

corpus::Result<void> add_session(const std::string& file, const corpus::Session& session, SeedFolder& folder,
                                 std::set<std::string>& words) {
  for (const corpus::Seed& seed : corpus::seeds_of(session)) {
    if (auto added = folder.add(seed.target, seed.bytes); !added) return added;
    if (is_body(seed.target)) corpus::add_dictionary_words(seed.bytes, words);
  }
  const auto bytes = bytes_of(file);
  if (!bytes) return std::unexpected(bytes.error());
  return folder.add(corpus::kSessionFileSeeds, *bytes);
}

/// What the command was asked for.
struct SeedsOptions {
  std::vector<std::string> sessions;
  std::vector<std::string> payloads;
  std::string kind;
  std::string out;
};

/// The files that a path stands for: itself, or all files below a folder. A fault if there is none.
corpus::Result<std::vector<fs::path>> payload_files(const fs::path& path) {
  const auto fault = [&](std::string what) {
    return std::unexpected(corpus::Fault{corpus::Error::unreadable, path.string(), std::move(what)});
  };
  std::error_code error;
  if (!fs::is_directory(path, error)) return std::vector{path};  // reading it will say what is wrong with it
  std::vector<fs::path> files;
  for (fs::recursive_directory_iterator at(path, error), end; !error && at != end; at.increment(error)) {
    if (at->is_regular_file(error)) files.push_back(at->path());
  }
  if (error) return fault(error.message());
  if (files.empty()) return fault("no file in this folder");
  return files;
}

/// Adds sessions and payloads. What cannot be read is told and passed over, and `status` becomes bad_usage; the fault
/// is one of writing. `any`: whether there was something to add.
corpus::Result<void> add_sessions(const std::vector<std::string>& files, SeedFolder& folder,
                                  std::set<std::string>& words, int& status, bool& any) {
  for (const std::string& file : files) {
    const auto session = load_session(kSeedsHelp.name, file);
    if (!session) {
      status = fail(kSeedsHelp.name, session.error(), bad_usage);
      continue;
    }
    if (auto added = add_session(file, *session, folder, words); !added) return added;
    any = true;
  }
  return {};
}

corpus::Result<void> add_payloads(const SeedsOptions& options, SeedFolder& folder, std::set<std::string>& words,
                                  int& status, bool& any) {
  for (const std::string& path : options.payloads) {
    const auto files = payload_files(path);
    if (!files) {
      status = fail(kSeedsHelp.name, files.error(), bad_usage);
      continue;
    }
    for (const fs::path& file : *files) {
      const auto bytes = bytes_of(file);
      if (!bytes) {
        status = fail(kSeedsHelp.name, bytes.error(), bad_usage);
        continue;
      }
      if (auto added = folder.add(options.kind, *bytes); !added) return added;
      corpus::add_dictionary_words(*bytes, words);
      any = true;
    }
  }
  return {};
}

int make_seeds(const SeedsOptions& options) {
  if (options.sessions.empty() && options.payloads.empty()) {
    return fail(kSeedsHelp.name, {corpus::Error::invalid, "", "name recordings, or payloads with --payloads"},
                bad_usage);
  }
  if (std::ranges::find(corpus::kSeedTargets, options.kind) == corpus::kSeedTargets.end()) {
    return fail(kSeedsHelp.name, {corpus::Error::invalid, "--kind", fmt::format("no kind '{}'", options.kind)},
                bad_usage);
  }
  const auto files = session_files(options.sessions);
  if (!files) return fail(kSeedsHelp.name, files.error(), bad_usage);

  SeedFolder folder(options.out);
  std::set<std::string> words;
  int status = done;
  bool any = false;
  auto added = add_sessions(*files, folder, words, status, any);
  if (added) added = add_payloads(options, folder, words, status, any);
  if (added && any) added = folder.add_words(std::move(words));
  if (!added) return fail(kSeedsHelp.name, added.error(), environment);
  if (any) folder.show();
  return status;
}

}  // namespace

int seeds_command(const Arguments& args) {
  SeedsOptions options;
  po::options_description list;
  list.add_options()("file", po::value(&options.sessions)->value_name("FILE"),
                     "session file or folder; also without --file")(
      "payloads", po::value(&options.payloads)->composing()->value_name("PATH"),
      "file or folder of payloads as they are; any number of times")(
      "kind", po::value(&options.kind)->default_value(std::string(corpus::kNotificationSeeds))->value_name("KIND"),
      "what the payloads are")("out", po::value(&options.out)->required()->value_name("DIR"),
                               "folder for the seeds; made if it is not there");
  po::positional_options_description positional;
  positional.add("file", -1);
  if (const auto over = read_options(kSeedsHelp, list, positional, args)) return *over;
  return make_seeds(options);
}

}  // namespace harness
