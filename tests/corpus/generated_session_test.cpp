#include <gmock/gmock.h>

#include <filesystem>
#include <random>

#include "corpus/session_file.h"

using std::string_literals::operator""s;

namespace {

/// Sessions of anything, the same for the same seed.
class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  corpus::Session session() {
    corpus::Session made;
    made.info = {bytes(), bytes(), bytes(), bytes(), bytes(), extra()};
    corpus::Micros time = 0;
    for (int number = pick(20); number > 0; --number) made.exchanges.push_back(exchange(number, time += pick(3)));
    if (pick(2)) made.end = corpus::SessionEnd{time, pick(100), extra(), extra()};
    return made;
  }

 private:
  int pick(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }

  std::string bytes() {
    static const std::vector<std::string> kPieces = {
        "a", "é", "\"", "\\", "{}", "[1]", "\n", "\r\n", "\xff", "\0"s, "\xef\xbb\xbf", "null", "\"x\"", " ", "1e400"};
    std::string made;
    for (int count = pick(4); count > 0; --count)
      made += kPieces[static_cast<std::size_t>(pick(static_cast<int>(kPieces.size())))];
    return made;
  }

  std::string extra() {
    static const std::vector<std::string> kExtras = {"", "\"later\":1", "\"a\" : [ {} ],\"a\":\"}\""};
    return kExtras[static_cast<std::size_t>(pick(3))];
  }

  corpus::Headers headers() {
    corpus::Headers made;
    for (int count = pick(4); count > 0; --count) made.push_back({bytes(), bytes()});
    return made;
  }

  corpus::Exchange exchange(std::int64_t number, corpus::Micros sent) {
    corpus::Exchange made;
    made.number = number;
    made.sent = sent;
    made.leg = pick(2) ? corpus::Leg::webhook : corpus::Leg::graph;
    if (pick(3) == 0) made.due = pick(1000);
    if (pick(3) == 0) made.after = {{1, pick(5)}};
    made.request = {bytes(), bytes(), headers(), bytes(), extra()};
    made.request_extra = extra();
    const int outcome = pick(3);
    if (outcome == 0) return made;
    made.ended = pick(50);
    made.outcome_extra = extra();
    if (outcome == 1) made.outcome = corpus::Response{pick(1000), headers(), bytes(), extra()};
    if (outcome == 2) made.outcome = corpus::Failure{bytes()};
    return made;
  }

  std::mt19937 random_;
};

TEST(GeneratedSession, ComesBackAsItWas) {
  const std::filesystem::path path =
      std::filesystem::path(testing::TempDir()) /
      ("rollcall-generated-" + std::to_string(std::random_device{}()) + ".session.jsonl");
  for (unsigned seed = 0; seed < 300; ++seed) {
    SCOPED_TRACE(seed);
    const corpus::Session session = Generator(seed).session();
    ASSERT_TRUE(corpus::write_session(path, session));
    const auto back = corpus::read_session(path);
    std::filesystem::remove(path);
    ASSERT_TRUE(back && back->damage.empty());
    EXPECT_EQ(back->info, session.info);
    EXPECT_EQ(back->end, session.end);
    ASSERT_EQ(back->exchanges.size(), session.exchanges.size());
    for (std::size_t i = 0; i < session.exchanges.size(); ++i) {
      EXPECT_TRUE(same_apart_from_lines(back->exchanges[i], session.exchanges[i])) << session.exchanges[i].number;
    }
  }
}

}  // namespace
