#include "corpus/known_values.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace {

using corpus::KnownValues;
using testing::ElementsAre;
using testing::IsEmpty;

KnownValues::Entry entry(std::string stand_in, KnownValues::Search search = KnownValues::Search::apart) {
  KnownValues::Entry made;
  made.stand_in = made.embedded = std::move(stand_in);
  made.search = search;
  return made;
}

std::vector<std::string> found(const KnownValues& values, const std::string& text) {
  std::vector<std::string> all;
  values.find(text, [&](corpus::Stretch at, const KnownValues::Entry& known, bool) {
    all.push_back(text.substr(at.begin, at.end - at.begin) + "=" + known.stand_in);
  });
  return all;
}

TEST(KnownValues, AreFoundApartWhateverTheirLength) {
  KnownValues values{KnownValues::Limits{}};
  values.remember("Li Na", entry("1"));
  values.remember("Ada Brook", entry("2"));
  values.remember("Bartholomew Fitzgerald", entry("3"));
  EXPECT_THAT(found(values, "Li Na, (Li Nam) Ada Brook."), ElementsAre("Ada Brook=2", "Li Na=1"));
  EXPECT_THAT(found(values, "Bartholomew Fitzgerald"), ElementsAre("Bartholomew Fitzgerald=3"));
  EXPECT_THAT(found(values, "Ada Brooks"), IsEmpty());
}

TEST(KnownValues, ForgetTheOneThatWasSeenLongestAgo) {
  KnownValues values{KnownValues::Limits{2, 1000}};
  values.remember("value one", entry("1"));
  values.remember("value two", entry("2"));
  EXPECT_NE(values.look_up("value one"), nullptr);
  values.remember("value three", entry("3"));
  EXPECT_THAT(found(values, "value one, value two"), ElementsAre("value one=1"));
}

TEST(KnownValues, ForgetAllSpellingsOfAValueTogether) {
  KnownValues values{KnownValues::Limits{3, 1000}};
  values.remember("value/one", entry("1"));
  values.add_spelling("value/one", "value%2Fone");
  values.remember("value/two", entry("2"));
  EXPECT_EQ(found(values, "value%2Fone value/one").size(), 2u);
  values.remember("value/three", entry("3"));
  EXPECT_THAT(found(values, "value%2Fone value/one"), IsEmpty());
}

TEST(KnownValues, ThatAreHugeAreNotKept) {
  KnownValues values{KnownValues::Limits{10, 1 << 20}};
  const std::string huge(20 << 10, 'x');
  for (int i = 0; i < 100; ++i) values.remember(huge + std::to_string(i), entry("1"));
  EXPECT_EQ(values.look_up(huge + "7"), nullptr);
  EXPECT_EQ(values.learned(), 0u);
}

}  // namespace
