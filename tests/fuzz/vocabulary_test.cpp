#include "fuzz/vocabulary.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "tests/fuzz/payloads.h"

namespace fuzz {
namespace {

/// All that many picks give.
template <typename Pick>
std::set<std::string> all_of(Pick pick) {
  std::set<std::string> seen;
  Random random(1);
  for (int round = 0; round < 20000; ++round) seen.emplace(pick(random));
  return seen;
}

TEST(Vocabulary, KnowsGraphWithoutRecordings) {
  const Vocabulary vocabulary = vocabulary_of({});
  const auto states = all_of([&](Random& random) { return vocabulary.value(name_of("state"), random); });
  EXPECT_TRUE(states.contains("\"transferAccepted\""));
  const auto members = all_of([&](Random& random) { return vocabulary.member(name_of("identity"), random).key; });
  EXPECT_TRUE(members.contains("phone"));
}

TEST(Vocabulary, LearnsValuesOfKeys) {
  const Vocabulary vocabulary = vocabulary_of({R"({"mood":"fine","deep":{"mood":"low"}})"});
  EXPECT_EQ(all_of([&](Random& random) { return vocabulary.value(name_of("mood"), random); }),
            (std::set<std::string>{"\"fine\"", "\"low\""}));
}

TEST(Vocabulary, LearnsFromWhatIsNearlyJson) {
  const Vocabulary vocabulary = vocabulary_of({R"({"mood":"fine",})"});
  Random random(1);
  EXPECT_EQ(vocabulary.value(name_of("mood"), random), "\"fine\"");
}

TEST(Vocabulary, LearnsThePayloadsInSessionFiles) {
  Vocabulary vocabulary;
  vocabulary.learn("{\"x\":1,\"request\":{\"json\":{\"value\":[{\"changeType\":\"new\"}]}}}\n{\"x\":2}\n");
  vocabulary.freeze();
  EXPECT_TRUE(vocabulary.mostly_lines());
  Random random(1);
  EXPECT_EQ(vocabulary.payload(random), R"({"value":[{"changeType":"new"}]})");
}

TEST(Vocabulary, PicksRareKindsAsOftenAsFrequentOnes) {
  std::vector<std::string> payloads(50, "");
  for (std::size_t number = 0; number < payloads.size(); ++number)
    payloads[number] = R"({"a":)" + std::to_string(number) + "}";
  payloads.push_back(R"({"b":1})");
  const Vocabulary vocabulary = vocabulary_of(payloads);
  Random random(1);
  int rare = 0;
  for (int round = 0; round < 1000; ++round) rare += vocabulary.payload(random) == R"({"b":1})" ? 1 : 0;
  EXPECT_GT(rare, 400);
  EXPECT_LT(rare, 600);
}

TEST(Vocabulary, GivesPayloadsOfTheUsersKindOnly) {
  const Vocabulary vocabulary = vocabulary_of({R"({"participants":[]})"});
  EXPECT_EQ(all_of([&](Random& random) { return vocabulary.payload(random); }),
            std::set<std::string>{R"({"participants":[]})"});
}

TEST(Vocabulary, GivesBatchesWhereMostlyBatchesWereRecorded) {
  const std::string one = R"({"value":[{"changeType":"new"}]})";
  const std::string other = R"({"value":[{"changeType":"new","resource":"x"}]})";
  const Vocabulary vocabulary = vocabulary_of({one, other, R"({"users":[{"id":"1"}]})"});
  EXPECT_TRUE(vocabulary.mostly_batches());
  EXPECT_EQ(all_of([&](Random& random) { return vocabulary.payload(random); }), (std::set<std::string>{one, other}));
}

TEST(Vocabulary, GivesWhateverWasRecordedWhereBatchesAreFew) {
  const std::string batch = R"({"value":[{"changeType":"new"}]})";
  const std::string other = R"({"users":[{"id":"1"}]})";
  const Vocabulary vocabulary = vocabulary_of({batch, other});
  EXPECT_FALSE(vocabulary.mostly_batches());
  EXPECT_EQ(all_of([&](Random& random) { return vocabulary.payload(random); }), (std::set<std::string>{batch, other}));
}

}  // namespace
}  // namespace fuzz
