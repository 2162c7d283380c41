#include "replay/text_model.h"

#include <gtest/gtest.h>

#include <functional>
#include <random>

namespace replay {
namespace {

using Kind = TextModel::Kind;

TextModel model_of_texts(const std::vector<std::string>& texts) {
  std::vector<SeenText> seen;
  for (const std::string& text : texts) seen.push_back({text, 1});
  return {seen, false};
}

TEST(TextModel, GuidsTakeInGuids) {
  const TextModel model =
      model_of_texts({"57dab8b1-894c-409a-b240-bd8beae78896", "90ed37dc-d8e3-4e11-9de3-30a955dda06f"});
  EXPECT_EQ(model.kind(), Kind::guid);
  EXPECT_TRUE(model.accepts("aaaaaaaa-d8e3-4e11-9de3-30a955dda06f"));
  EXPECT_FALSE(model.accepts(""));
  EXPECT_FALSE(model.accepts("none"));
}

TEST(TextModel, TimesTakeInTimes) {
  const TextModel model = model_of_texts({"2026-11-23T10:00:00Z", "2026-11-23T10:00:00.25+01:00"});
  EXPECT_EQ(model.kind(), Kind::time);
  EXPECT_TRUE(model.accepts("2031-01-01T00:00:00.123456Z"));
  EXPECT_FALSE(model.accepts("2031-01-01"));
  EXPECT_FALSE(model.accepts("2031-01-01T00:00:00 o'clock"));
}

TEST(TextModel, TokensKeepTheirEndsTheirLettersAndTheirLength) {
  const TextModel model = model_of_texts({"note-8f3a91", "note-00b1c2", "note-77de0a", "note-1a2b3c"});
  EXPECT_EQ(model.kind(), Kind::token);
  EXPECT_TRUE(model.accepts("note-fedc98"));
  EXPECT_FALSE(model.accepts("note-xyz198"));
  EXPECT_FALSE(model.accepts("note-fedc9"));
  EXPECT_FALSE(model.accepts("memo-fedc98"));
  EXPECT_FALSE(model.accepts("note-"));
}

TEST(TextModel, WordingKeepsItsScriptItsLengthAndSomeOfItsWords) {
  const TextModel model =
      model_of_texts({"Hello Ada, I am calling the others now.", "Hi Ada! The others are being called.",
                      "Good morning Ada, the others will be here soon.", "Welcome Ada, I have called the others.",
                      "Hello again Ada, wait for the others please."});
  EXPECT_EQ(model.kind(), Kind::wording);
  EXPECT_TRUE(model.accepts("Good evening Ada, I am calling the others."));
  EXPECT_FALSE(model.accepts("Привет Ада, я звоню остальным сейчас")) << "another script";
  EXPECT_FALSE(model.accepts("{\"error\":\"the others are not being called\"}"));
  EXPECT_FALSE(model.accepts("Hi."));
  EXPECT_FALSE(model.accepts(""));
  EXPECT_FALSE(model.accepts("java.lang.NullPointerException at com.example.Bot.invite(Bot.java:42)"));
}

TEST(TextModel, ASetIsClosedOnlyWhenMuchWasSeenOfIt) {
  const TextModel few({{"low", 2}, {"high", 4}}, false);
  EXPECT_TRUE(few.accepts("normal"));
  EXPECT_FALSE(few.accepts("NORMAL")) << "no capitals were seen";
  const TextModel many({{"low", 9}, {"high", 4}}, false);
  EXPECT_EQ(many.kind(), Kind::seen);
  EXPECT_TRUE(many.accepts("low"));
  EXPECT_FALSE(many.accepts("normal"));
  const TextModel closed({{"low", 1}, {"high", 1}}, true);
  EXPECT_FALSE(closed.accepts("normal"));
}

// What every model promises: learnt from six texts of a source, it takes in what else comes from that source.
std::size_t refused(const std::function<std::string(std::mt19937&)>& source) {
  std::size_t count = 0;
  for (unsigned seed = 0; seed < 300; ++seed) {
    std::mt19937 random(seed);
    std::vector<std::string> texts;
    for (int i = 0; i < 6; ++i) texts.push_back(source(random));
    const TextModel model = model_of_texts(texts);
    for (int i = 0; i < 100; ++i) count += model.accepts(source(random)) ? 0 : 1;
  }
  return count;
}

std::string pick(std::mt19937& random, const std::vector<std::string>& words) {
  return words[random() % words.size()];
}

std::string some_of(std::mt19937& random, std::string_view letters, std::size_t length) {
  std::string text;
  for (std::size_t i = 0; i < length; ++i) text += letters[random() % letters.size()];
  return text;
}

TEST(TextModel, SixSamplesAreEnoughForRandomTokens) {
  EXPECT_EQ(refused([](auto& random) { return some_of(random, "0123456789abcdef", 12); }), 0u);
  EXPECT_EQ(refused([](auto& random) { return "room-" + some_of(random, "0123456789abcdefghijklmnopqrstuvwxyz", 10); }),
            0u);
  EXPECT_EQ(refused([](auto& random) {
              return some_of(random, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_", 22);
            }),
            0u);
}

TEST(TextModel, SixSamplesAreEnoughForRandomWording) {
  const auto greeting = [](std::mt19937& random) {
    return pick(random, {"Hello", "Hi", "Good morning", "Good day", "Welcome", "Greetings"}) + " " +
           pick(random, {"Ada", "Grace", "Alan", "Edsger", "Barbara"}) + ", " +
           pick(random,
                {"I am calling", "I will fetch", "please wait for", "we are looking for", "I am about to add"}) +
           " " + pick(random, {"your colleagues", "the others", "everybody else", "your team", "them all"}) + " " +
           pick(random, {"now.", "at once.", "in a moment.", "right away, it takes a minute.", "as you asked."});
  };
  // Of 30,000. Compilers evaluate the parts in different order, so the draws differ.
  EXPECT_LE(refused(greeting), 10u);
  const auto phrase = [](std::mt19937& random) {
    return pick(random, {"Everybody is here.", "You are the first one in this call.", "Two people are still missing.",
                         "The call is being recorded.", "Somebody has joined.",
                         "Please mute yourself while others speak.", "Welcome back!"});
  };
  EXPECT_LE(refused(phrase), 30u) << "of 30,000: whole sentences without common words";
}

}  // namespace
}  // namespace replay
