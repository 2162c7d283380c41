// Counts what the parsers allocate. A program of its own: it replaces the allocation functions of the whole program.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <new>

#include "corpus/invite.h"
#include "corpus/notification.h"
#include "corpus/operation.h"
#include "corpus/seeds.h"
#include "corpus/session_file.h"
#include "tests/support/source_path.h"

namespace {

std::size_t allocations = 0;  // a global because the allocation functions have no other place

void* counted(std::size_t size) {
  ++allocations;
  return std::malloc(size > 0 ? size : 1);
}

}  // namespace

void* operator new(std::size_t size) {
  if (void* memory = counted(size)) return memory;
  std::abort();
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  return counted(size);
}
void* operator new[](std::size_t size) {
  return operator new(size);
}
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept {
  return counted(size);
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete[](void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
  std::free(memory);
}

namespace {

template <typename Act>
std::size_t allocations_of(Act act) {
  const std::size_t before = allocations;
  act();
  return allocations - before;
}

/// A roster of so many people.
std::string roster(int people) {
  std::string body = R"({"value":[{"changeType":"updated","resourceData":[)";
  for (int i = 0; i < people; ++i) {
    body += i > 0 ? "," : "";
    body += R"({"@odata.type":"#microsoft.graph.participant","id":")" + std::to_string(i) +
            R"(","info":{"identity":{"user":{"id":"u"}}},"mediaStreams":[{"mediaType":"audio","sourceId":"1"}]})";
  }
  return body + "]}]}";
}

TEST(ParseAllocations, AreCounted) {
  EXPECT_EQ(allocations_of([] { std::string(1000, 'x').size(); }), 1u);
}

TEST(ParseAllocations, AreNoneForAnySampleAfterTheFirst) {
  corpus::NotificationParser parser;
  std::size_t seen = 0;
  for (const auto& file : std::filesystem::directory_iterator(support::source_path("corpus/sessions"))) {
    const auto session = corpus::read_session(file.path().string());
    ASSERT_TRUE(session);
    for (const corpus::Seed& seed : corpus::seeds_of(*session)) {
      if (seed.target != corpus::kNotificationSeeds || !parser.parse(seed.bytes)) continue;
      EXPECT_EQ(allocations_of([&] { EXPECT_TRUE(parser.parse(seed.bytes)); }), 0u) << seed.bytes;
      ++seen;
    }
  }
  EXPECT_GT(seen, 50u);
}

TEST(ParseAllocations, AreNoneForASmallerBody) {
  corpus::NotificationParser parser;
  EXPECT_GT(allocations_of([&] { EXPECT_TRUE(parser.parse(roster(300))); }), 0u);
  const std::string smaller = roster(299);
  EXPECT_EQ(allocations_of([&] { EXPECT_TRUE(parser.parse(smaller)); }), 1u) << "the arena joins its blocks";
  EXPECT_EQ(allocations_of([&] { EXPECT_TRUE(parser.parse(smaller)); }), 0u);
}

TEST(ParseAllocations, DoNotGrowWithARosterThatGrows) {
  corpus::NotificationParser parser;
  ASSERT_TRUE(parser.parse(roster(300)));
  for (int people = 301; people < 400; people += 7) {
    const std::string body = roster(people);
    EXPECT_LE(allocations_of([&] { EXPECT_TRUE(parser.parse(body)); }), 8u) << people;
  }
}

TEST(ParseAllocations, AreNoneForOperationsAndInvitations) {
  const std::string operation = R"({"id":"1","status":"Running","resultInfo":{"code":200,"subcode":0}})";
  const std::string invite = R"({"participants":[{"identity":{"user":{"id":"u"}}}],"clientContext":"c"})";
  corpus::OperationParser operations;
  corpus::InviteParser invitations;
  for (const std::size_t expected : {false, true}) {
    const std::size_t first = allocations_of([&] { EXPECT_TRUE(operations.parse(operation)); });
    const std::size_t second = allocations_of([&] { EXPECT_TRUE(invitations.parse_request(invite)); });
    EXPECT_EQ(first == 0, expected);
    EXPECT_EQ(second == 0, expected);
  }
}

}  // namespace
