// The comparisons that the probes use. libFuzzer puts itself before the C library's and learns the operands, whoever
// calls; what the probes compare would then be handed to the fuzzer. Compiled with -fno-builtin, or a compiler would
// turn the loop into a call of itself.
#include <cstddef>

extern "C" {

int memcmp(const void* left, const void* right, std::size_t size) {
  const auto* a = static_cast<const unsigned char*>(left);
  const auto* b = static_cast<const unsigned char*>(right);
  for (std::size_t i = 0; i < size; ++i) {
    if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
  }
  return 0;
}

int bcmp(const void* left, const void* right, std::size_t size) {
  return memcmp(left, right, size);
}
}
