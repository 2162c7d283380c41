#include "corpus/clean_fields.h"

#include <gtest/gtest.h>

#include <string>

namespace corpus {
namespace {

TEST(CleanFields, HoldsTheVeryFieldThatWasAdded) {
  CleanFields clean;
  const Header field{"Content-Type", "application/json"};
  EXPECT_FALSE(clean.hold(field, 1));
  clean.add(field, 1);
  EXPECT_TRUE(clean.hold(field, 1));
  EXPECT_FALSE(clean.hold({"content-type", "application/json"}, 1));
  EXPECT_FALSE(clean.hold({"Content-Type", "application/jsom"}, 1));
  // The ends are the same, and so is the size: only the middle differs.
  EXPECT_FALSE(clean.hold({"Content-Type", "application_json"}, 1));
}

TEST(CleanFields, HoldsNothingOnceMoreIsKnown) {
  CleanFields clean;
  clean.add({"Host", "graph.microsoft.com"}, 1);
  EXPECT_FALSE(clean.hold({"Host", "graph.microsoft.com"}, 2));
}

TEST(CleanFields, TheEmptyFieldIsOneLikeOthers) {
  CleanFields clean;
  EXPECT_FALSE(clean.hold({}, 1));
  clean.add({}, 1);
  EXPECT_TRUE(clean.hold({}, 1));
  EXPECT_FALSE(clean.hold({"X", ""}, 1));
}

TEST(CleanFields, ManyFieldsTakeEachOthersPlaces) {
  CleanFields clean;
  const auto field = [](int i) { return Header{"X-Request-Id", "id-" + std::to_string(i)}; };
  for (int i = 0; i < 10000; ++i) clean.add(field(i), 1);
  EXPECT_TRUE(clean.hold(field(9999), 1));
  int held = 0;
  for (int i = 0; i < 10000; ++i) held += clean.hold(field(i), 1) ? 1 : 0;
  EXPECT_LE(held, 512);
}

TEST(CleanFields, LongFieldsAreNotKept) {
  CleanFields clean;
  const Header field{"X-Long", std::string(4096, 'a')};
  clean.add(field, 1);
  EXPECT_FALSE(clean.hold(field, 1));
}

}  // namespace
}  // namespace corpus
