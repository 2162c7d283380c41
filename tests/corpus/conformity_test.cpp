// Hostile documents by category: what RFC 8259 says must be taken is taken, what must not be is not, and where it
// leaves a choice ours is the one of corpus/PAYLOADS.md. The documents are files of corpus/payloads/notification, which
// are seeds of fuzz targets, too; here stand those that are made. Each text stands in a member that the parser reads
// nothing of, and is refused at a byte that lies in it.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "corpus/notification.h"
#include "tests/support/source_path.h"

namespace {

using Texts = std::vector<std::string>;

/// The document around the text: valid if the text is.
constexpr std::string_view kBefore = R"({"value":[],"x":)";
constexpr std::string_view kAfter = "}";

std::string around(const std::string& text) {
  return std::string(kBefore) + text + std::string(kAfter);
}

/// `name` is what a person is told.
void expect_taken(const std::string& body, const std::string& name) {
  corpus::NotificationParser parser;
  const auto parsed = parser.parse(body);
  EXPECT_TRUE(parsed) << name << ": " << to_string(parsed.error());
}

void expect_refused(const std::string& body, const std::string& name) {
  corpus::NotificationParser parser;
  const auto parsed = parser.parse(body);
  ASSERT_FALSE(parsed) << name;
  const std::size_t first = body.starts_with(kBefore) ? kBefore.size() : 0;
  EXPECT_GE(parsed.error().offset, first) << name << ": " << to_string(parsed.error());
  EXPECT_LE(parsed.error().offset, body.size()) << name << ": " << to_string(parsed.error());
  EXPECT_EQ(parsed.error().what.find("simdjson"), std::string::npos) << name << ": " << to_string(parsed.error());
}

void expect_taken(const Texts& texts) {
  for (const std::string& text : texts) expect_taken(around(text), text);
}

void expect_refused(const Texts& texts) {
  for (const std::string& text : texts) expect_refused(around(text), text);
}

/// Judges the documents of a category by the first letter of their names. So many of both there have to be: a category
/// that went missing is no success.
void expect_category(const std::string& category, int taken, int refused) {
  for (const auto& entry : std::filesystem::directory_iterator(support::source_path("corpus/payloads/notification"))) {
    const std::string name = entry.path().filename();
    if (name.substr(1, category.size() + 2) != "_" + category + "_") continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string body(std::istreambuf_iterator<char>(file), {});
    ASSERT_TRUE(file) << name;
    if (name.front() == 'y') {
      --taken;
      expect_taken(body, name);
    } else {
      --refused;
      expect_refused(body, name);
    }
  }
  EXPECT_LE(taken, 0) << "documents of the category are missing";
  EXPECT_LE(refused, 0) << "documents of the category are missing";
}

TEST(Conformity, JudgesNumbers) {
  expect_category("number", 21, 41);
}

TEST(Conformity, JudgesStrings) {
  expect_category("string", 16, 23);
}

TEST(Conformity, RefusesHalvesOfSurrogatePairs) {
  expect_category("surrogate", 0, 9);
}

TEST(Conformity, RefusesWhatIsNoUtf8) {
  expect_category("utf8", 0, 21);
}

TEST(Conformity, JudgesStructures) {
  expect_category("structure", 19, 35);
}

TEST(Conformity, RefusesBrokenWords) {
  expect_category("word", 0, 15);
}

TEST(Conformity, RefusesCommentsAndOtherSpace) {
  expect_category("space", 0, 13);
}

TEST(Conformity, RefusesWhatStandsAroundTheDocument) {
  expect_category("around", 0, 11);
}

TEST(Conformity, TakesWhatIsLong) {
  expect_taken({"0." + std::string(86, '0') + "1", "0." + std::string(400, '0') + "1", std::string(400, '1') + "e-400",
                "\"" + std::string(5000, 'x') + "\""});
  expect_taken("\r\n\t {\"value\":[]} \r\n\t", "space around the document");
}

TEST(Conformity, RefusesLongNumbersThatHaveNoType) {
  expect_refused({std::string(400, '9'), "-" + std::string(400, '9'), std::string(400, '9') + "e1"});
}

TEST(Conformity, KeepsToTheDepth) {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + "1" + std::string(depth, ']'); };
  expect_taken({nested(255)});
  expect_refused({nested(256), nested(20000), std::string(20000, '['), std::string(100000, '{')});
}

TEST(Conformity, HoldsAtEveryPlaceInABlock) {
  // simdjson looks at 64 bytes at a time: what is right or wrong at one place is so at each.
  for (std::size_t space = 0; space < 130; ++space) {
    const std::string before(space, ' ');
    expect_taken({before + R"("\\\"\\")" + before, before + R"(["a",-1.5e3,{"b":null}])"});
    expect_refused({before + R"("\\\")", before + R"(["a" 1])", before + "\"\xC3\"", before + "tru", before + "01"});
  }
}

}  // namespace
