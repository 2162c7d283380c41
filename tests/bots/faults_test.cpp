#include "tests/bots/faults.h"

#include <gmock/gmock.h>

namespace bots {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

GraphRequest invite() {
  GraphRequest request;
  request.purpose = Purpose::invite;
  request.body = R"({"participants":[{"identity":{"user":{"id":"a"}}}],"clientContext":"c"})";
  return request;
}

TEST(Faults, NoneChangeNothing) {
  EXPECT_THAT(spoilt({}, {invite()}), ElementsAre(invite()));
}

TEST(Faults, DroppedKindIsNotSent) {
  Faults faults;
  faults.drop = Purpose::invite;
  EXPECT_THAT(spoilt(faults, {invite()}), IsEmpty());
  faults.drop = Purpose::mute;
  EXPECT_THAT(spoilt(faults, {invite()}), ElementsAre(invite()));
}

TEST(Faults, RepeatedKindIsSentTwice) {
  Faults faults;
  faults.repeat = Purpose::invite;
  EXPECT_THAT(spoilt(faults, {invite()}), ElementsAre(invite(), invite()));
}

TEST(Faults, AlteredInviteNamesAStranger) {
  EXPECT_EQ(
      altered(invite()).body,
      R"({"participants":[{"identity":{"user":{"id":"deadbeef-0000-4000-8000-000000000000"}}}],"clientContext":"c"})");
}

TEST(Faults, AlteredHangUpHasABody) {
  GraphRequest hang_up;
  hang_up.purpose = Purpose::hang_up;
  EXPECT_EQ(altered(hang_up).body, R"({"unasked":true})");
}

TEST(Faults, AlteredAnswerTakesVideo) {
  GraphRequest answer;
  answer.purpose = Purpose::answer;
  answer.body = R"({"acceptedModalities":["audio"]})";
  EXPECT_EQ(altered(answer).body, R"({"acceptedModalities":["audio","video"]})");
}

}  // namespace
}  // namespace bots
