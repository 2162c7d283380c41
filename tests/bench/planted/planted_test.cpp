// The benchmark of planted mistakes measures what it says: each mistake can be brought out, by nothing but its own
// trigger, and the seeds bring out none.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "corpus/seeds.h"
#include "corpus/session_file.h"
#include "tests/bench/planted/switchboard.h"
#include "tests/support/source_path.h"

namespace planted {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;

const fs::path kCases = fs::path(support::source_path("tests/bench/planted/cases"));

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// What one delivery brings out of all mistakes at once.
struct Outcome {
  bool accepted;
  std::vector<std::string_view> struck;
};

Outcome outcome_of(std::string_view body) {
  simdjson::dom::parser parser;
  Probes probes(all_bugs(), Probes::Reaction::note);
  const bool accepted = handle(body, parser, probes);
  return {accepted, probes.struck()};
}

class PlantedBug : public testing::TestWithParam<Bug> {};

TEST_P(PlantedBug, StrikesAloneOnItsTrigger) {
  const Outcome outcome = outcome_of(bytes_of(kCases / (std::string(GetParam().name) + ".trigger.json")));
  EXPECT_TRUE(outcome.accepted);
  EXPECT_THAT(outcome.struck, ElementsAre(GetParam().name));
}

TEST_P(PlantedBug, IsSilentOnTheNearestOther) {
  const Outcome outcome = outcome_of(bytes_of(kCases / (std::string(GetParam().name) + ".near.json")));
  EXPECT_TRUE(outcome.accepted);
  EXPECT_THAT(outcome.struck, IsEmpty());
}

TEST_P(PlantedBug, StopsTheProcessWhenSwitchedOn) {
  const std::string body = bytes_of(kCases / (std::string(GetParam().name) + ".trigger.json"));
  simdjson::dom::parser parser;
  Probes probes({&GetParam(), 1}, Probes::Reaction::stop);
  probes.begin();
  EXPECT_DEATH(handle(body, parser, probes), "planted: " + std::string(GetParam().name) + " at execution 1\n");
}

INSTANTIATE_TEST_SUITE_P(All, PlantedBug, testing::ValuesIn(all_bugs()),
                         [](const auto& bug) { return std::string(bug.param.name); });

TEST(PlantedBugs, HaveNamesAndCasesOfTheirOwn) {
  std::set<std::string> cases;
  for (const Bug& bug : all_bugs()) {
    EXPECT_TRUE(cases.insert(std::string(bug.name) + ".trigger.json").second) << bug.name;
    cases.insert(std::string(bug.name) + ".near.json");
  }
  std::set<std::string> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(kCases)) files.insert(entry.path().filename());
  EXPECT_EQ(files, cases);
  EXPECT_GE(all_bugs().size(), 24u);
}

TEST(PlantedBugs, AreSilentOnEverySeed) {
  std::size_t accepted = 0;
  for (const fs::directory_entry& entry : fs::directory_iterator(fs::path(support::source_path("corpus/sessions")))) {
    const corpus::Result<corpus::Session> session = corpus::read_session(entry.path());
    ASSERT_TRUE(session) << entry.path();
    for (const corpus::Seed& seed : corpus::seeds_of(*session)) {
      if (seed.target != corpus::kNotificationSeeds) continue;
      const Outcome outcome = outcome_of(seed.bytes);
      accepted += outcome.accepted;
      EXPECT_THAT(outcome.struck, IsEmpty()) << seed.bytes;
    }
  }
  EXPECT_GT(accepted, 50u);
}

TEST(PlantedBugs, AreSilentOnRegressionsWhenSwitchedOff) {
  for (const fs::directory_entry& entry :
       fs::recursive_directory_iterator(fs::path(support::source_path("corpus/regressions")))) {
    if (!entry.is_regular_file()) continue;
    simdjson::dom::parser parser;
    Probes probes({}, Probes::Reaction::stop);
    handle(bytes_of(entry.path()), parser, probes);
    EXPECT_THAT(probes.struck(), IsEmpty());
  }
}

}  // namespace
}  // namespace planted
