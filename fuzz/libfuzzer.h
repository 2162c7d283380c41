// What linking rollcall_fuzz_mutator does to a libFuzzer target.
//
// Nothing has to be called, and this header need not be included. The library defines LLVMFuzzerCustomMutator and
// LLVMFuzzerCustomCrossOver, so every input is made by fuzz::Mutator; and, unless the target has one of its own,
// LLVMFuzzerInitialize, which learns from the inputs that the command line names before the first of them is run:
//
//     clang++ -g -O1 -fsanitize=fuzzer,address my_fuzz.cpp -lrollcall_fuzz_mutator -o my_fuzz
//     ./my_fuzz corpus/ sessions/ seeds/
//
// Files and folders may hold payloads, one a file, or sessions (*.jsonl). All of them are read in the order of their
// names, up to fixed limits, and never again: -seed= reproduces a run as long as the inputs are the same ones.
// -seed_inputs= counts too, and in fork mode (-fork=N, -jobs=N) the children learn from what their parent was given.
//
// The library is compiled without coverage instrumentation and without sanitizers: its branches are not your parser's.
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

/// Learns from the inputs that the command line names. For targets with an LLVMFuzzerInitialize of their own, which
/// should call it; if they do not, the command line of the process is looked up when the first mutation is wanted. Only
/// the first call does anything. Always returns 0. The arguments are not changed.
int rollcall_fuzz_learn_from_arguments(int* argc, char*** argv);

#ifdef __cplusplus
}
#endif
