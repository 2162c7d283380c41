#include "corpus/text_scan.h"

#include <gtest/gtest.h>

#include <string>

namespace corpus {
namespace {

// Where blocks begin and end in it must not matter.
TEST(TextScan, EachMarkIsSeenWhereverItStands) {
  const std::string_view marked = "\"\\%':=<J@+/. ";
  for (const std::size_t size : {1U, 15U, 16U, 17U, 33U, 95U, 96U, 97U, 300U}) {
    EXPECT_EQ(marks_in(std::string(size, 'j')), 0U);
    for (std::size_t at = 0; at < size; ++at) {
      for (std::size_t mark = 0; mark < marked.size(); ++mark) {
        std::string text(size, 'j');
        text[at] = marked[mark];
        ASSERT_EQ(marks_in(text), 1U << mark) << marked[mark] << " at " << at << " of " << size;
      }
    }
  }
}

TEST(TextScan, MarksOfManyBytes) {
  EXPECT_EQ(marks_in(""), 0U);
  EXPECT_EQ(marks_in("a=\"b\\c\""), kEquals | kQuote | kBackslash);
  EXPECT_EQ(marks_in("http://a.b/%41@<J:+' "),
            kColon | kSlash | kDot | kPercent | kAt | kLess | kUpperJ | kPlus | kApostrophe | kSpace);
}

TEST(TextScan, FindsWhatStdFinds) {
  for (const std::string_view word : {"//", "://", "earer ", "/users/", "redacted-redacted-redacted"}) {
    for (std::size_t size = 0; size < 80; ++size) {
      for (std::size_t at = 0; at <= size; ++at) {
        // With nearly that word around it.
        std::string text(size, word.front());
        text.insert(at, word);
        text.insert(0, word.substr(1));
        text.append(word.substr(0, word.size() - 1));
        for (const std::size_t from : {std::size_t{0}, at, at + 1, text.size(), text.size() + 1}) {
          ASSERT_EQ(find_word(text, word, from), text.find(word, from)) << text << " from " << from;
        }
      }
    }
  }
}

TEST(TextScan, FindsNothingWhereNothingIs) {
  EXPECT_EQ(find_word("", "ab", 0), std::string_view::npos);
  EXPECT_EQ(find_word({}, "ab", 0), std::string_view::npos);
  EXPECT_EQ(find_word("a", "ab", 0), std::string_view::npos);
  EXPECT_EQ(find_word(std::string(100, 'a'), "ab", 0), std::string_view::npos);
}

}  // namespace
}  // namespace corpus
