#include "replay/json_walk.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace replay {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// Walks two texts, in a part if that is not empty.
std::vector<Difference> walk(const std::string& recorded, const std::string& live,
                             const std::vector<Pointer>& ignored = {}, const std::string& part = {}) {
  simdjson::dom::parser recorded_parser;
  simdjson::dom::parser live_parser;
  simdjson::dom::element then;
  simdjson::dom::element now;
  EXPECT_EQ(recorded_parser.parse(recorded).get(then), simdjson::SUCCESS);
  EXPECT_EQ(live_parser.parse(live).get(now), simdjson::SUCCESS);
  const Bindings bindings;
  TextMatch match(Author::bot, bindings);
  JsonWalk json(ignored, Author::bot, match);
  part.empty() ? json.values(then, now) : json.in_part(part, "part " + part, [&] { json.values(then, now); });
  return json.take();
}

TEST(JsonWalk, FindsMembersInAnyOrder) {
  EXPECT_THAT(walk(R"({"a":1,"b":2,"c":3})", R"({"c":3,"a":1,"b":2})"), IsEmpty());
  EXPECT_THAT(walk(R"({"a":1,"b":2})", R"({"b":2,"c":3,"a":1})"), ElementsAre(Difference{"/c", "(absent)", "3"}));
  EXPECT_THAT(walk(R"({"a":1,"b":2,"c":3})", R"({"a":1,"c":3})"), ElementsAre(Difference{"/b", "2", "(absent)"}));
}

TEST(JsonWalk, AlignsArraysInArrays) {
  EXPECT_THAT(walk("[[1,2,3],[4]]", "[[1,9,2,3],[4]]"), ElementsAre(Difference{"/0/1", "(absent)", "9"}));
}

TEST(JsonWalk, TakesNoAccountOfIgnoredPlacesWhileItAligns) {
  const std::string recorded = R"([{"n":1,"t":10},{"n":2,"t":20}])";
  const std::string live = R"([{"n":0,"t":5},{"n":1,"t":11},{"n":2,"t":21}])";
  EXPECT_THAT(walk(recorded, live, {{"*", "t"}}), ElementsAre(Difference{"/0", "(absent)", R"({"n":0,"t":5})"}));
}

TEST(JsonWalk, SaysInWhichPartAPlaceIs) {
  EXPECT_THAT(walk(R"({"a":1})", R"({"a":2})", {}, "x"), ElementsAre(Difference{"part x /a", "1", "2"}));
  EXPECT_THAT(walk("1", "2", {}, "x"), ElementsAre(Difference{"part x", "1", "2"}));
  EXPECT_THAT(walk("1", "2", {{"x"}}, "x"), IsEmpty());
}

TEST(JsonWalk, EndsSoonOnArraysInArraysThatDifferAtTheBottom) {
  std::string recorded = "1";
  std::string live = "2";
  for (int i = 0; i < 200; ++i) {
    recorded = fmt::format("[0,{},0]", recorded);
    live = fmt::format("[0,{},0]", live);
  }
  EXPECT_EQ(walk(recorded, live).size(), 1u) << "and not after two to the power of two hundred steps";
}

}  // namespace
}  // namespace replay
