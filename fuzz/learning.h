// Learns a vocabulary from files.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "fuzz/vocabulary.h"

namespace fuzz {

/// The files and folders that a libFuzzer command line names: what does not begin with "-", and the values of
/// -seed_inputs= (a list with commas, or @ and a file that holds such a list).
std::vector<std::string> inputs_of(std::span<const std::string> arguments);

/// Learns from the files, and from the files in the folders at any depth, in the order of their paths. What cannot be
/// read is passed over: that is the engine's to report. Reads no more than a few thousand files and some dozen
/// megabytes, so that the start stays quick; of more files those that are spread evenly over the order are taken.
void learn_from(const std::vector<std::string>& paths, Vocabulary& vocabulary);

}  // namespace fuzz
