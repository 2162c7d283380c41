# rollcall::fuzz_mutator: fuzz::Mutator and libFuzzer's hooks.
#
# Not with project_options: the library must bring no coverage and no sanitizers into a target, whatever the preset.
add_library(rollcall_fuzz_mutator STATIC
  byte_edit.cpp
  crossing.cpp
  escapes.cpp
  graph_examples.cpp
  ids.cpp
  json_index.cpp
  json_lexer.cpp
  learning.cpp
  libfuzzer_glue.cpp
  mutations/batch.cpp
  mutations/broken_text.cpp
  mutations/duplicates.cpp
  mutations/edits.cpp
  mutations/growth.cpp
  mutations/identity.cpp
  mutations/numbers.cpp
  mutations/order.cpp
  mutations/paths.cpp
  mutations/placement.cpp
  mutations/rebatch.cpp
  mutations/schema.cpp
  mutations/structure.cpp
  mutations/syntax.cpp
  mutations/table.cpp
  mutations/text.cpp
  mutator.cpp
  place_picker.cpp
  repair.cpp
  vocabulary.cpp
  workbench.cpp)
add_library(rollcall::fuzz_mutator ALIAS rollcall_fuzz_mutator)
set_target_properties(rollcall_fuzz_mutator PROPERTIES EXPORT_NAME fuzz_mutator POSITION_INDEPENDENT_CODE ON)
target_include_directories(rollcall_fuzz_mutator PUBLIC
  $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/rollcall>)
target_compile_features(rollcall_fuzz_mutator PUBLIC cxx_std_23)
# Optimized in every preset: the mutator runs between any two executions, and it is not what is being debugged.
target_compile_options(rollcall_fuzz_mutator PRIVATE -O2
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion)

# libFuzzer refers to the hooks weakly, and a linker takes no member out of an archive for a weak reference: the mutator
# would be missing without a word. So what is called an archive is one object file, which linkers always take whole.
set(CMAKE_CXX_ARCHIVE_CREATE "<CMAKE_LINKER> -r -o <TARGET> <OBJECTS>")
set(CMAKE_CXX_ARCHIVE_APPEND "")
set(CMAKE_CXX_ARCHIVE_FINISH "")
