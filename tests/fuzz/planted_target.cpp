// The planted mistake as a libFuzzer target: it is a crash. Without instrumentation of what tells, nothing leads there.
#include "fuzz/target.h"
#include "tests/fuzz/planted.h"

FUZZ_TARGET(bytes) {
  FUZZ_ASSERT(!fuzz::uses_call_after_its_end(fuzz::text_of(bytes)));
}
