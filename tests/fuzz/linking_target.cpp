// A target that does nothing, to see what linking the mutator does. With OWN_INITIALIZE it has an LLVMFuzzerInitialize
// of its own, as some targets must; with OWN_MAIN it is no target of any engine.
#include <cstdint>
#include <cstdio>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size,
                                               unsigned seed);

int LLVMFuzzerTestOneInput(const std::uint8_t*, std::size_t) {
  return 0;
}

#ifdef OWN_INITIALIZE
extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv);
int LLVMFuzzerInitialize(int*, char***) {
  std::puts("own LLVMFuzzerInitialize");
  return 0;
}
#endif

#ifdef OWN_MAIN
int main() {
  std::uint8_t buffer[4096] = {'{', '}'};
  const std::size_t size = LLVMFuzzerCustomMutator(buffer, 2, sizeof buffer, 1);
  std::printf("%zu bytes made\n", size);
  return size > 0 && size <= sizeof buffer ? 0 : 1;
}
#endif
