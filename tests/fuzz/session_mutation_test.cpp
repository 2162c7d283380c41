#include "fuzz/session_mutation.h"

#include <gmock/gmock.h>

#include <set>

namespace {

using fuzz::SessionGroup;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(SessionMutationList, HasEveryGroupAndNoNameTwice) {
  std::set<std::string_view> names;
  std::set<SessionGroup> groups;
  for (const fuzz::SessionMutationInfo& info : fuzz::session_mutations()) {
    EXPECT_TRUE(names.insert(info.name).second) << info.name;
    EXPECT_GT(info.weight, 0u) << info.name;
    EXPECT_FALSE(info.about.empty()) << info.name;
    groups.insert(info.group);
  }
  EXPECT_EQ(groups.size(), fuzz::kSessionGroups);
}

TEST(ParseGroups, TakesWordsAndLists) {
  const auto groups = fuzz::parse_groups({"order,time", "http", "time"});
  ASSERT_TRUE(groups.has_value()) << to_string(groups.error());
  EXPECT_THAT(*groups, ElementsAre(SessionGroup::order, SessionGroup::time, SessionGroup::http));
}

TEST(ParseGroups, TakesBackEveryName) {
  for (std::size_t at = 0; at < fuzz::kSessionGroups; ++at) {
    const auto group = static_cast<SessionGroup>(at);
    const auto parsed = fuzz::parse_groups({std::string(name_of(group))});
    ASSERT_TRUE(parsed.has_value());
    EXPECT_THAT(*parsed, ElementsAre(group));
  }
}

TEST(ParseGroups, NamesTheWordThatIsNone) {
  for (const char* const word : {"ordre", "", "order,"}) {
    const auto groups = fuzz::parse_groups({word});
    ASSERT_FALSE(groups.has_value()) << word;
    EXPECT_THAT(groups.error().what, HasSubstr("there are order, number, time, batch"));
  }
  EXPECT_THAT(fuzz::parse_groups({"ordre"}).error().what, HasSubstr("\"ordre\""));
}

TEST(ParseWeights, ChangesTheDefaults) {
  const auto weights = fuzz::parse_weights({"order=0,time=77", "http=1000"});
  ASSERT_TRUE(weights.has_value()) << to_string(weights.error());
  fuzz::GroupWeights expected = fuzz::default_weights();
  expected[0] = 0;
  expected[2] = 77;
  expected[7] = 1000;
  EXPECT_EQ(*weights, expected);
}

TEST(ParseWeights, SaysWhatIsWrong) {
  const std::pair<const char*, const char*> cases[] = {
      {"order", "write GROUP=NUMBER"},
      {"order=", "a weight is a whole number from 0 to 1000"},
      {"order=-1", "a weight is a whole number"},
      {"order=1.5", "\"order=1.5\""},
      {"order=1001", "a weight is a whole number"},
      {"gait=3", "no group of mutations is called \"gait\""},
      {"order=1,order=2", "the weight of order stands twice"},
      {"order=0,number=0,time=0,batch=0,payload=0,interleave=0,answers=0,http=0,identity=0", "every weight is 0"},
  };
  for (const auto& [words, reason] : cases) {
    const auto weights = fuzz::parse_weights({words});
    ASSERT_FALSE(weights.has_value()) << words;
    EXPECT_EQ(weights.error().error, corpus::Error::invalid);
    EXPECT_THAT(weights.error().what, HasSubstr(reason)) << words;
  }
}

}  // namespace
