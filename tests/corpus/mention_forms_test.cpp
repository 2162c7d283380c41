#include "corpus/mention_forms.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace corpus {
namespace {

using testing::ElementsAre;

const std::string kOne = "57dab8b1-894c-409a-b240-bd8beae78896";
const std::string kTwo = "17e3b46c-f61d-4f4d-9635-c626ef18e6ad";
const std::string kThree = "8a34a46b-3d17-4adc-8dce-dc4e7d572698";

Request posted(std::string body) {
  return {"POST", "/api/calls", {}, std::move(body), {}};
}

// Whether a finder that has read one body says of another one what one says that has read nothing before.
bool is_read_the_same(const std::string& before, const std::string& body) {
  MentionFinder used;
  used.in(posted(before));
  const Mentions found = used.in(posted(body));
  const Mentions expected = MentionFinder().in(posted(body));
  return found.all == expected.all && found.notification == expected.notification;
}

TEST(MentionForms, TellABodyByOneThatSaysTheSameOfOtherIds) {
  MentionForms forms;
  const std::string body = R"({"id":")" + kOne + R"(","context":"x","again":")" + kOne + R"("})";
  EXPECT_EQ(forms.find(body, 0), nullptr);
  const Mention own{canonical_id(kOne), MentionKind::call};
  const Mention text{"x", MentionKind::made};
  forms.learn(body, {{own, text}, true});
  const std::string other = R"({"id":")" + kTwo + R"(","context":"x","again":")" + kTwo + R"("})";
  const Mentions* found = forms.find(other, 0);
  ASSERT_NE(found, nullptr);
  EXPECT_TRUE(found->notification);
  EXPECT_THAT(found->all, ElementsAre(Mention{canonical_id(kTwo), MentionKind::call}, text));
  EXPECT_EQ(forms.find(other, 1), nullptr) << "read for another reason";
  EXPECT_EQ(forms.find(R"({"id":")" + kTwo + R"(","context":"x","again":")" + kOne + R"("})", 0), nullptr)
      << "two ids where it had one";
  EXPECT_EQ(forms.find(R"({"id":")" + kTwo + R"(","context":"y","again":")" + kTwo + R"("})", 0), nullptr);
}

TEST(MentionForms, KeepNoFormWhereATextHoldsAnId) {
  MentionForms forms;
  const std::string body = R"({"context":"for )" + kOne + R"("})";
  forms.find(body, 0);
  forms.learn(body, {{{"for " + kOne, MentionKind::made}}, false});
  EXPECT_EQ(forms.find(body, 0), nullptr);
}

TEST(MentionForms, ChangeNothingOfWhatIsFound) {
  const auto notification = [](const std::string& call, const std::string& context, const std::string& person) {
    return R"({"value":[{"resourceUrl":"/communications/calls/)" + call + R"(/operations/)" + canonical_id(person) +
           R"(","resourceData":{"clientContext":")" + context + R"(","source":{"id":")" + person + R"("}}}]})";
  };
  EXPECT_TRUE(is_read_the_same(notification(kOne, "mine", kTwo), notification(kThree, "mine", kOne)));
  EXPECT_TRUE(is_read_the_same(notification(kOne, kTwo, kTwo), notification(kThree, kTwo, kOne)));
  EXPECT_TRUE(is_read_the_same(notification(kOne, kTwo, kThree), notification(kThree, kThree, kThree)));
  EXPECT_TRUE(is_read_the_same(notification(kOne, "a " + kTwo, kTwo), notification(kThree, "a " + kOne, kOne)));
  EXPECT_TRUE(is_read_the_same(notification(kOne, R"(\n)" + kOne, kTwo), notification(kTwo, R"(\n)" + kOne, kTwo)));
  EXPECT_TRUE(
      is_read_the_same(R"({"callbackUri":"/cb?c=57dab8b1%2D894c-409a-b240-bd8beae78896","id":")" + kOne + "\"}",
                       R"({"callbackUri":"/cb?c=57dab8b1%2D894c-409a-b240-bd8beae78896","id":")" + kTwo + "\"}"));
  EXPECT_TRUE(is_read_the_same(R"({"n":12345678901234567890123456789e10,"id":")" + kOne + "\"}",
                               R"({"n":1234567890abcd567890123456789e10,"id":")" + kOne + "\"}"));
  EXPECT_TRUE(is_read_the_same("no JSON: /calls/" + kOne + " of " + kTwo, "no JSON: /calls/" + kThree + " of " + kOne));
  EXPECT_TRUE(is_read_the_same("{}", "{}"));
}

}  // namespace
}  // namespace corpus
