#include "corpus/arena.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string_view>

namespace {

TEST(Arena, GivesFreshAlignedValuesThatStayWhereTheyAre) {
  corpus::Arena arena;
  const std::span<char> letters = arena.make<char>(3);
  struct Number {
    std::int64_t value = 5;
  };
  const std::span<Number> numbers = arena.make<Number>(10000);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(numbers.data()) % alignof(Number), 0u);
  for (const Number& number : numbers) ASSERT_EQ(number.value, 5);
  letters[2] = 'x';
  numbers[9999].value = 7;
  for (int round = 0; round < 100; ++round) arena.make<std::int64_t>(1000)[999] = 1;
  EXPECT_EQ(letters[2], 'x');
  EXPECT_EQ(numbers[9999].value, 7);
}

TEST(Arena, UsesOneBlockAgainAfterItWasCleared) {
  corpus::Arena arena;
  for (int round = 0; round < 10; ++round) arena.make<char>(5000);
  arena.clear();
  const char* const first = arena.make<char>(5000).data();
  const char* const second = arena.make<char>(5000).data();
  EXPECT_EQ(second - first, 5008);
  arena.clear();
  EXPECT_EQ(arena.make<char>(5000).data(), first);
}

TEST(Arena, GivesAnEmptyRunToo) {
  corpus::Arena arena;
  EXPECT_TRUE(arena.make<std::string_view>(0).empty());
}

}  // namespace
