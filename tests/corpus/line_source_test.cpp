#include "corpus/line_source.h"

#include <gtest/gtest.h>

#include <string>
#include <tuple>

#include "corpus/line_parser.h"

namespace corpus {
namespace {

/// A line as (text, number, ended).
using Seen = std::tuple<std::string, std::size_t, bool>;

/// All lines of `text`, read `piece` bytes at a time from a source that gives at most `portion` bytes at once.
std::vector<Seen> lines_of(std::string_view text, std::size_t piece, std::size_t portion = std::string::npos) {
  const ByteSource bytes = [&](char* to, std::size_t size) {
    const std::size_t got = text.copy(to, std::min(size, portion));
    text.remove_prefix(got);
    return got;
  };
  LineSource source(bytes, piece);
  std::vector<Seen> seen;
  for (LineBatch batch = source.next(); !batch.lines.empty(); batch = source.next()) {
    for (const RawLine& line : batch.lines) {
      // What stands behind a line must be readable: the address sanitizer has an eye on it.
      std::string(line.text.data(), line.text.size() + LineParser::kPadding);
      seen.emplace_back(line.text, line.number, line.ended);
    }
  }
  return seen;
}

TEST(LineSource, CutsLinesOfEitherEnd) {
  const std::vector<Seen> expected = {{"one", 1, true}, {"two", 2, true}, {"", 3, true}, {"four", 4, false}};
  EXPECT_EQ(lines_of("one\ntwo\r\n\nfour", 100), expected);
}

TEST(LineSource, HasNoLineOfNothing) {
  EXPECT_TRUE(lines_of("", 100).empty());
}

TEST(LineSource, GivesTheSameForAnyPiece) {
  const std::string text = "\r\nshort\n" + std::string(100, 'l') + "\r\n\n\nx\n" + std::string(37, 'm') + "\r";
  const std::vector<Seen> expected = lines_of(text, 1000);
  ASSERT_EQ(expected.size(), 7U);
  EXPECT_EQ(expected.back(), Seen(std::string(37, 'm'), 7, false));
  for (std::size_t piece = 1; piece <= text.size() + 1; ++piece) {
    EXPECT_EQ(lines_of(text, piece), expected) << piece;
    EXPECT_EQ(lines_of(text, piece, 3), expected) << piece;
  }
}

/// The lines of `text` with a limit of four bytes: number, text, and whether it is too long.
std::vector<std::tuple<std::size_t, std::string, bool>> short_lines_of(std::string_view text, std::size_t piece) {
  const ByteSource bytes = [&](char* to, std::size_t size) {
    const std::size_t got = text.copy(to, size);
    text.remove_prefix(got);
    return got;
  };
  LineSource source(bytes, piece, 4);
  std::vector<std::tuple<std::size_t, std::string, bool>> seen;
  for (LineBatch batch = source.next(); !batch.lines.empty(); batch = source.next()) {
    for (const RawLine& line : batch.lines) seen.emplace_back(line.number, line.text, line.too_long);
  }
  return seen;
}

TEST(LineSource, PassesOverALineThatIsTooLong) {
  const std::string text = "one\nfour\n" + std::string(100, 'x') + "\ntwo\n\nthree\nsix";
  for (std::size_t piece = 1; piece <= text.size() + 1; ++piece) {
    const auto seen = short_lines_of(text, piece);
    ASSERT_EQ(seen.size(), 7U) << piece;
    EXPECT_EQ(seen[1], std::tuple(2U, "four", false)) << piece;
    EXPECT_EQ(seen[2], std::tuple(3U, "", true)) << piece;
    EXPECT_EQ(seen[3], std::tuple(4U, "two", false)) << piece;
    EXPECT_EQ(seen[5], std::tuple(6U, "", true)) << piece;
    EXPECT_EQ(seen[6], std::tuple(7U, "six", false)) << piece;
  }
  EXPECT_EQ(short_lines_of(std::string(100, 'x'), 7).size(), 1U);
}

TEST(LineSource, ReadsAShortTextInOneBatch) {
  std::string_view text = "one\ntwo";
  const ByteSource bytes = [&](char* to, std::size_t size) {
    const std::size_t got = text.copy(to, size);
    text.remove_prefix(got);
    return got;
  };
  LineSource source(bytes, 8);
  EXPECT_EQ(source.next().lines.size(), 2U);
  EXPECT_TRUE(source.next().lines.empty());
}

}  // namespace
}  // namespace corpus
