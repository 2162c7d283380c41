// Writes the payloads of the sample sessions into a folder, a file each: write_payloads FOLDER.
#include <filesystem>
#include <fstream>

#include "corpus/seeds.h"
#include "tests/fuzz/payloads.h"

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const std::filesystem::path folder = argv[1];
  std::filesystem::create_directories(folder);
  for (const std::string& payload : fuzz::sample_payloads()) {
    std::ofstream(folder / corpus::seed_name(payload), std::ios::binary) << payload;
  }
  return 0;
}
