#include "corpus/replaced_fields.h"

#include <gtest/gtest.h>

#include <string>

namespace corpus {
namespace {

TEST(ReplacedFields, KnowWhatTheVeryFieldBecame) {
  ReplacedFields fields;
  const Header field{"Authorization", "Bearer abcdefgh12345678"};
  EXPECT_EQ(fields.find(field, 1), nullptr);
  fields.add({field, 1, "Bearer redacted-0", nullptr});
  ASSERT_NE(fields.find(field, 1), nullptr);
  EXPECT_EQ(fields.find(field, 1)->replaced, "Bearer redacted-0");
  EXPECT_EQ(fields.find({"authorization", field.value}, 1), nullptr);
  EXPECT_EQ(fields.find({field.name, "Bearer abcdefgH12345678"}, 1), nullptr);
}

TEST(ReplacedFields, KnowNothingOnceMoreIsKnown) {
  ReplacedFields fields;
  const Header field{"X-Api-Key", "abcdefgh12345678"};
  fields.add({field, 1, "redacted-0", nullptr});
  EXPECT_EQ(fields.find(field, 2), nullptr);
}

TEST(ReplacedFields, AreFewAndNotTooLong) {
  ReplacedFields fields;
  const auto field = [](int i) { return Header{"X-Api-Key", "key-" + std::to_string(i)}; };
  for (int i = 0; i < 1000; ++i) fields.add({field(i), 1, "redacted-0", nullptr});
  int held = 0;
  for (int i = 0; i < 1000; ++i) held += fields.find(field(i), 1) != nullptr ? 1 : 0;
  EXPECT_LE(held, 64);
  EXPECT_NE(fields.find(field(999), 1), nullptr);
  EXPECT_TRUE(ReplacedFields::takes({"Authorization", std::string(4096, 'a')}));
  EXPECT_FALSE(ReplacedFields::takes({"Authorization", std::string(1 << 20, 'a')}));
}

}  // namespace
}  // namespace corpus
