#include "harness/seeds_command.h"

#include <fmt/format.h>

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

constexpr CommandHelp kHelp{
    .name = "corpus seeds",
    .synopsis = "FILE|DIR… --out DIR",
    .about =
        "Makes seeds for fuzz targets from recordings: one folder for each kind of target (notification,\n"
        "invite, operation, redaction, session_file), each input named by its content, and words.dict for\n"
        "-dict=. What is there already stays: run it again whenever there are new recordings.\n",
    .example =
        "  rollcall corpus seeds sessions --out seeds\n"
        "  my_parser_fuzz -dict=seeds/words.dict corpus seeds/notification\n"};

constexpr std::string_view kSessionFileSeeds = "session_file";

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

corpus::Result<void> add_session(const std::string& file, const corpus::Session& session, SeedFolder& folder,
                                 std::set<std::string>& words) {
  for (const corpus::Seed& seed : corpus::seeds_of(session)) {
    if (auto added = folder.add(seed.target, seed.bytes); !added) return added;
    if (seed.target != corpus::kRedactionSeeds) corpus::add_dictionary_words(seed.bytes, words);
  }
  const auto bytes = bytes_of(file);
  if (!bytes) return std::unexpected(bytes.error());
  return folder.add(kSessionFileSeeds, *bytes);
}

}  // namespace

int seeds_command(const Arguments& args) {
  std::vector<std::string> paths;
  std::string out;
  po::options_description list;
  list.add_options()("file", po::value(&paths)->required()->value_name("FILE"),
                     "session file or folder; also without --file")(
      "out", po::value(&out)->required()->value_name("DIR"), "folder for the seeds; made if it is not there");
  po::positional_options_description positional;
  positional.add("file", -1);
  if (const auto over = read_options(kHelp, list, positional, args)) return *over;
  const auto files = session_files(paths);
  if (!files) return fail(kHelp.name, files.error(), bad_usage);

  SeedFolder folder(out);
  std::set<std::string> words;
  int status = done;
  bool any = false;
  for (const std::string& file : *files) {
    const auto session = load_session(kHelp.name, file);
    if (!session) {
      status = fail(kHelp.name, session.error(), bad_usage);
      continue;
    }
    if (const auto added = add_session(file, *session, folder, words); !added) {
      return fail(kHelp.name, added.error(), environment);
    }
    any = true;
  }
  if (!any) return status;
  if (const auto added = folder.add_words(std::move(words)); !added) {
    return fail(kHelp.name, added.error(), environment);
  }
  folder.show();
  return status;
}

}  // namespace harness
