#include "corpus/arena.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string_view>

namespace {

TEST(Arena, GivesFreshAlignedValuesThatStayWhereTheyAre) {
  corpus::Arena arena;
  const std::span<char> letters = arena.make<char>(3);
  const std::span<std::int64_t> numbers = arena.make<std::int64_t>(10000);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(numbers.data()) % alignof(std::int64_t), 0u);
  for (const std::int64_t number : numbers) ASSERT_EQ(number, 0);
  letters[2] = 'x';
  numbers[9999] = 7;
  for (int round = 0; round < 100; ++round) arena.make<std::int64_t>(1000)[999] = 1;
  EXPECT_EQ(letters[2], 'x');
  EXPECT_EQ(numbers[9999], 7);
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
