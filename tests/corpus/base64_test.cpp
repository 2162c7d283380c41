#include "corpus/base64.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace {

using corpus::Base64Form;

TEST(Base64, ComesBackInTheFormItHad) {
  std::string bytes;
  for (int i = 0; i < 300; ++i) {
    for (const bool url : {false, true}) {
      for (const bool padded : {false, true}) {
        const std::string text = corpus::to_base64(bytes, {url, padded});
        EXPECT_EQ(corpus::base64_bytes(text), bytes);
        const auto form = corpus::base64_form(text);
        EXPECT_EQ(form.has_value(), !bytes.empty());
        EXPECT_EQ(corpus::to_base64(bytes, form.value_or(Base64Form{})).size(), form ? text.size() : 0);
      }
    }
    bytes.push_back(static_cast<char>(i * 7));
  }
}

TEST(Base64, IsToldFromOtherText) {
  for (const char* text : {"", "=", "A", "AAAAA", "AA=", "AAAA=", "AA===", "A+-A", "AA A", "A=AA"}) {
    EXPECT_FALSE(corpus::base64_form(text)) << text;
  }
}

/// The runs of a text, one byte at a time.
std::vector<std::pair<std::size_t, std::size_t>> plain_runs(std::string_view text) {
  std::vector<std::pair<std::size_t, std::size_t>> runs;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && corpus::is_base64_byte(text[end])) ++end;
    if (end - at >= corpus::kShortestRun) runs.emplace_back(at, end);
    at = std::max(end, at + 1);
  }
  return runs;
}

TEST(Base64, RunsAreFoundWhereverTheyStand) {
  std::mt19937 random(20261128);
  std::size_t found = 0;
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    while (text.size() < random() % 200) {
      for (std::size_t letters = random() % 40; letters > 0; --letters) {
        text += "ABYZabyz0189+/-_"[random() % 16];
      }
      for (std::size_t others = random() % 3; others > 0; --others) text += "@[`{:.,*\"= \x7f\x80\xff"[random() % 14];
    }
    std::vector<std::pair<std::size_t, std::size_t>> runs;
    corpus::Base64Runs walk(text);
    for (corpus::Base64Run run; walk.next(run);) runs.emplace_back(run.begin, run.end);
    EXPECT_EQ(runs, plain_runs(text)) << text;
    found += runs.size();
  }
  EXPECT_GT(found, 500U);
}

TEST(Base64, OfTextBeginsLikeText) {
  EXPECT_TRUE(corpus::begins_like_text(corpus::to_base64("{\"a\":1}", {})));
  EXPECT_FALSE(corpus::begins_like_text(corpus::to_base64("\x01\x02 abcdef", {})));
  EXPECT_FALSE(corpus::begins_like_text("communications"));
}

}  // namespace
