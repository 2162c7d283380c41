# Warnings and sanitizers for every target of the project, and the two ways in which targets are made.

set(ROLLCALL_SANITIZE "" CACHE STRING "Sanitizers for every target, as for -fsanitize= (address,undefined)")
set(FUZZ_ENGINE "" CACHE STRING "Empty: fuzz targets get a plain main. libfuzzer: they are linked with libFuzzer. \
Anything else is linked as their engine; then CMAKE_CXX_FLAGS bring the flags to compile with")

add_library(project_options INTERFACE)
target_compile_options(project_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 reports these in its own library headers when it inlines std::string and coroutine frames at -O2.
  target_compile_options(project_options INTERFACE -Wno-restrict -Wno-mismatched-new-delete -Wno-maybe-uninitialized)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  # clang reports the deprecated buffer that libstdc++ 12 itself uses in std::stable_sort.
  target_compile_options(project_options INTERFACE -Wno-deprecated-declarations)
endif()
if(ROLLCALL_SANITIZE)
  target_compile_options(project_options INTERFACE
    -fsanitize=${ROLLCALL_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(project_options INTERFACE -fsanitize=${ROLLCALL_SANITIZE})
endif()
if(FUZZ_ENGINE STREQUAL "libfuzzer")
  target_compile_options(project_options INTERFACE -fsanitize=fuzzer-no-link)
  # Programs that are no fuzz targets need the runtime that coverage calls, which no sanitizer may bring in.
  target_link_options(project_options INTERFACE -fsanitize=fuzzer-no-link)
endif()

# Most of what a compiler does for this project is to read the same headers again. Whole builds are more than twice as
# fast in batches: a library's sources are compiled several at once, a test program's headers beforehand and its sources
# without optimization. A build that follows small edits, or has a compiler's cache, is better off without.
option(ROLLCALL_BATCHES "Compile in batches: for whole builds from nothing" OFF)

function(compile_in_batches library)
  if(ROLLCALL_BATCHES)
    set_target_properties(${library} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 12)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
      # To g++ a source in a batch is a header, whose types should have no members of an unnamed namespace's.
      target_compile_options(${library} PRIVATE -Wno-subobject-linkage)
    endif()
  endif()
endfunction()

# A library of one folder: add_layer(NAME SOURCES… LINKS…). Links are public: an including folder needs them too.
function(add_layer name)
  cmake_parse_arguments(layer "" "" "SOURCES;LINKS" ${ARGN})
  add_library(rollcall_${name} STATIC ${layer_SOURCES})
  add_library(rollcall::${name} ALIAS rollcall_${name})
  set_target_properties(rollcall_${name} PROPERTIES EXPORT_NAME ${name})
  target_include_directories(rollcall_${name} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/rollcall>)
  target_compile_features(rollcall_${name} PUBLIC cxx_std_23)
  target_link_libraries(rollcall_${name} PUBLIC ${layer_LINKS} PRIVATE $<BUILD_INTERFACE:project_options>)
  compile_in_batches(rollcall_${name})
endfunction()

# The tests of one folder, linked with that folder's library alone: a wrong-way include does not link.
function(add_layer_test name)
  cmake_parse_arguments(layer "" "" "SOURCES;LINKS;PROPERTIES" ${ARGN})
  add_executable(${name}_test ${layer_SOURCES})
  target_link_libraries(${name}_test PRIVATE ${layer_LINKS} source_path GTest::gmock GTest::gtest_main project_options)
  if(ROLLCALL_BATCHES)
    target_compile_options(${name}_test PRIVATE -O0)
    target_precompile_headers(${name}_test PRIVATE <algorithm> <chrono> <filesystem> <functional> <map> <memory> <optional>
      <set> <string> <string_view> <vector> <fmt/format.h> <gmock/gmock.h> <gtest/gtest.h>)
  endif()
  gtest_discover_tests(${name}_test TEST_PREFIX ${name}. DISCOVERY_TIMEOUT 300 PROPERTIES TIMEOUT 900 ${layer_PROPERTIES})
endfunction()
