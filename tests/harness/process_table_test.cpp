// What the system tells of processes, and that it is never an error where it does not.
#include "harness/process_table.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include "harness/child_process.h"

namespace harness {
namespace {

using testing::Contains;

TEST(ProcessTable, CountsDescriptors) {
  const auto before = footprint_of(getpid());
  ASSERT_TRUE(before);
  EXPECT_GT(before->descriptors, 0);
  const int file = open("/dev/null", O_RDONLY | O_CLOEXEC);
  const auto after = footprint_of(getpid());
  close(file);
  ASSERT_TRUE(after);
  EXPECT_EQ(after->descriptors, before->descriptors + 1);
}

TEST(ProcessTable, HasNothingOfWhoIsGone) {
  EXPECT_EQ(footprint_of(-1), std::nullopt);
  const auto members = members_of_group(-7);
  ASSERT_TRUE(members);
  EXPECT_TRUE(members->empty());
}

TEST(ProcessTable, FindsAGroup) {
  auto child = ChildProcess::start("sleep 300", {});
  ASSERT_TRUE(child.has_value());
  EXPECT_THAT(members_of_group(child->group()).value(), Contains(child->group()));
  EXPECT_TRUE(footprint_of(child->group()));
}

}  // namespace
}  // namespace harness
