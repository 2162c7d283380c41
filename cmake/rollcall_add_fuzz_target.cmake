# A fuzz target for a parser of your own, from your own recordings. fuzz/FUZZING.md tells the story; in short:
#
#   rollcall_add_fuzz_target(NAME my_parser SOURCES my_fuzz.cpp my_parser.cpp SEEDS sessions)
#
#   NAME         makes the executable NAME_fuzz
#   SOURCES      one of them holds an ordinary LLVMFuzzerTestOneInput; the parser's own sources, best listed here too, get
#                the same coverage and sanitizers
#   SEEDS        session files, folders that hold some, or folders of payloads that are a file each
#   KIND         what the parser reads of a session: notification (if not given), invite, operation or http_message
#   DICTIONARY   more words for the engine, beside those of the seeds
#   LINKS        libraries, linked as they are
#   REGRESSIONS  a folder of inputs that once failed; regressions/NAME if not given; it may come later
#   MAX_LEN      how long an input may get, in bytes, when NAME_fuzz_run fuzzes; 65536 if not given: a roster of forty people.
#                libFuzzer's own limit is the longest seed (or 4096), and then little can grow. Longer seeds are cut off, and
#                the build says so
#
# Beside NAME_fuzz there are then NAME_fuzz_seeds/ and NAME_fuzz.dict in the build folder, the test fuzz.NAME, which runs
# seeds and regressions once, and the target NAME_fuzz_run, which fuzzes for ROLLCALL_FUZZ_SECONDS.

if(CMAKE_SCRIPT_MODE_FILE)
  # The build runs this file to make the seeds: ROLLCALL is the program, ARGUMENTS what `corpus seeds` is to read.
  file(REMOVE_RECURSE ${SEEDS})
  execute_process(COMMAND ${ROLLCALL} corpus seeds ${ARGUMENTS} --kind ${KIND} --out ${SEEDS}
    RESULT_VARIABLE status OUTPUT_QUIET)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "rollcall corpus seeds could not make the seeds (exit status ${status}): see the line above")
  endif()
  if(NOT EXISTS ${SEEDS}/${KIND})
    message(FATAL_ERROR "SEEDS hold nothing of the kind ${KIND} (${ARGUMENTS})")
  endif()
  set(words)
  foreach(dictionary ${SEEDS}/words.dict ${DICTIONARY})
    file(READ ${dictionary} text)
    string(APPEND words "${text}\n")
  endforeach()
  file(GLOB seeds ${SEEDS}/${KIND}/*)
  foreach(seed ${seeds})
    file(SIZE ${seed} size)
    if(size GREATER MAX_LEN)
      message(WARNING "${seed} has ${size} bytes: libFuzzer cuts it off at MAX_LEN, ${MAX_LEN}")
    endif()
  endforeach()
  file(WRITE ${WORDS} "${words}")
  return()
endif()

include(CheckCXXSourceCompiles)

set(ROLLCALL_FUZZ_ENGINE auto CACHE STRING "auto: libFuzzer if the compiler has it, else a main that runs files; \
libfuzzer; none: that main; anything else is linked as the engine, as $LIB_FUZZING_ENGINE is meant")
set(ROLLCALL_FUZZ_SANITIZERS address,undefined CACHE STRING
  "Sanitizers of fuzz targets, as for -fsanitize=; not used if CMAKE_CXX_FLAGS name some for the whole build")
set(ROLLCALL_FUZZ_SECONDS 60 CACHE STRING "How long NAME_fuzz_run fuzzes; 0: until something is found")

# Sets `result` to whether a fuzz target can be compiled and linked with -fsanitize=`what`.
function(rollcall_can_sanitize what result)
  string(MAKE_C_IDENTIFIER ROLLCALL_CAN_${what} known)
  string(FIND ${what} fuzzer fuzzer)
  set(main "int main() {}")
  if(NOT fuzzer EQUAL -1)
    set(main "extern \"C\" int LLVMFuzzerTestOneInput(const unsigned char*, unsigned long) { return 0; }")
  endif()
  set(CMAKE_REQUIRED_FLAGS -fsanitize=${what})
  set(CMAKE_REQUIRED_QUIET TRUE)
  check_cxx_source_compiles("${main}" ${known})
  set(${result} ${${known}} PARENT_SCOPE)
endfunction()

# Compiles and links `target` for the engine, with the sanitizers; says in `engine` which one it is.
function(rollcall_use_engine target engine)
  set(chosen ${ROLLCALL_FUZZ_ENGINE})
  if(chosen STREQUAL "auto" OR chosen STREQUAL "libfuzzer")
    rollcall_can_sanitize(fuzzer found)
    if(NOT found AND chosen STREQUAL "libfuzzer")
      message(FATAL_ERROR "ROLLCALL_FUZZ_ENGINE=libfuzzer: ${CMAKE_CXX_COMPILER} has no -fsanitize=fuzzer")
    endif()
    set(chosen none)
    if(found)
      set(chosen libfuzzer)
    endif()
  endif()
  set(${engine} ${chosen} PARENT_SCOPE)

  if(chosen STREQUAL "libfuzzer")
    target_compile_options(${target} PRIVATE -fsanitize=fuzzer-no-link)
    target_link_options(${target} PRIVATE -fsanitize=fuzzer)
  elseif(chosen STREQUAL "none")
    target_link_libraries(${target} PRIVATE rollcall::fuzz_main)
  else()
    separate_arguments(flags UNIX_COMMAND "${chosen}")
    target_link_libraries(${target} PRIVATE ${flags})
  endif()

  if(NOT ROLLCALL_FUZZ_SANITIZERS OR CMAKE_CXX_FLAGS MATCHES "-fsanitize=")
    return()
  endif()
  rollcall_can_sanitize(${ROLLCALL_FUZZ_SANITIZERS} found)
  if(found)
    set(flags -fsanitize=${ROLLCALL_FUZZ_SANITIZERS} -fno-sanitize-recover=all -fno-omit-frame-pointer -g)
    # Not optimized at all, a parser is slow, and one over simdjson has checks that it lacks where it is used.
    target_compile_options(${target} PRIVATE ${flags} $<$<CONFIG:,Debug>:-O1>)
    target_link_options(${target} PRIVATE ${flags})
  else()
    message(WARNING "${target}: built without sanitizers, ${CMAKE_CXX_COMPILER} has no "
      "-fsanitize=${ROLLCALL_FUZZ_SANITIZERS} (ROLLCALL_FUZZ_SANITIZERS)")
  endif()
endfunction()

# Stops with one message if no source can be the fuzz target: the linker's own takes a while to understand.
function(rollcall_check_sources name)
  foreach(source ${ARGN})
    cmake_path(ABSOLUTE_PATH source)
    if(NOT EXISTS ${source})
      return()  # generated, or CMake will say that it is missing
    endif()
    file(STRINGS ${source} found REGEX "LLVMFuzzerTestOneInput|FUZZ_TARGET" LIMIT_COUNT 1)
    if(found)
      return()
    endif()
  endforeach()
  message(FATAL_ERROR "rollcall_add_fuzz_target(${name}): none of SOURCES (${ARGN}) defines extern \"C\" int "
    "LLVMFuzzerTestOneInput(const uint8_t* data, size_t size). If a macro does, name the function in a comment.")
endfunction()

# Sorts SEEDS into what `corpus seeds` is to read (`arguments`) and all files that seeds are made from (`files`).
function(rollcall_sort_seeds name arguments files)
  set(sorted)
  set(all)
  foreach(path ${ARGN})
    cmake_path(ABSOLUTE_PATH path NORMALIZE)
    set(inside ${path})
    if(NOT EXISTS ${path})
      message(FATAL_ERROR "rollcall_add_fuzz_target(${name}): SEEDS ${path} is not there")
    elseif(IS_DIRECTORY ${path})
      file(GLOB_RECURSE inside CONFIGURE_DEPENDS LIST_DIRECTORIES false ${path}/*)
    endif()
    if(NOT inside)
      message(FATAL_ERROR "rollcall_add_fuzz_target(${name}): SEEDS ${path} is empty. Put recordings (NAME.session.jsonl) "
        "or payloads, a file each, into it")
    endif()
    list(APPEND all ${inside})
    list(FILTER inside INCLUDE REGEX "\\.session\\.jsonl$")
    if(inside)
      list(APPEND sorted ${path})
    else()
      list(APPEND sorted --payloads ${path})
    endif()
  endforeach()
  set(${arguments} "${sorted}" PARENT_SCOPE)
  set(${files} "${all}" PARENT_SCOPE)
endfunction()

function(rollcall_add_fuzz_target)
  cmake_parse_arguments(PARSE_ARGV 0 fuzz "" "NAME;KIND;REGRESSIONS;MAX_LEN" "SOURCES;SEEDS;DICTIONARY;LINKS")
  foreach(needed NAME SOURCES SEEDS)
    if(NOT fuzz_${needed})
      message(FATAL_ERROR "rollcall_add_fuzz_target(${fuzz_NAME}): ${needed} is missing")
    endif()
  endforeach()
  if(fuzz_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "rollcall_add_fuzz_target(${fuzz_NAME}): what is ${fuzz_UNPARSED_ARGUMENTS}?")
  endif()
  rollcall_check_sources(${fuzz_NAME} ${fuzz_SOURCES})
  set(target ${fuzz_NAME}_fuzz)
  set(folder ${CMAKE_CURRENT_BINARY_DIR}/${target})

  add_executable(${target} ${fuzz_SOURCES})
  set_target_properties(${target} PROPERTIES LINKER_LANGUAGE CXX)
  # The mutator's file and headers, not the target: whoever links that compiles as C++23.
  target_link_libraries(${target} PRIVATE ${fuzz_LINKS} $<TARGET_LINKER_FILE:rollcall::fuzz_mutator>)
  target_include_directories(${target} PRIVATE
    $<TARGET_PROPERTY:rollcall::fuzz_mutator,INTERFACE_INCLUDE_DIRECTORIES>)
  rollcall_use_engine(${target} engine)

  # Seeds and dictionary, made again whenever a recording comes or goes.
  if(NOT fuzz_KIND)
    set(fuzz_KIND notification)
  endif()
  if(NOT fuzz_MAX_LEN)
    set(fuzz_MAX_LEN 65536)
  elseif(NOT fuzz_MAX_LEN MATCHES "^[1-9][0-9]*$")
    message(FATAL_ERROR "rollcall_add_fuzz_target(${fuzz_NAME}): MAX_LEN is a number of bytes, not ${fuzz_MAX_LEN}")
  endif()
  rollcall_sort_seeds(${fuzz_NAME} arguments files ${fuzz_SEEDS})
  set(dictionaries)
  foreach(dictionary ${fuzz_DICTIONARY})
    cmake_path(ABSOLUTE_PATH dictionary NORMALIZE)
    list(APPEND dictionaries ${dictionary})
  endforeach()
  # A list that changes when a file comes or goes: builds look at the time of files, which says nothing of that.
  list(JOIN files "\n" names)
  file(GENERATE OUTPUT ${folder}_seeds.list CONTENT "${names}\n")
  add_custom_command(OUTPUT ${folder}.dict
    COMMAND ${CMAKE_COMMAND} -D ROLLCALL=$<TARGET_FILE:rollcall::rollcall> -D "ARGUMENTS=${arguments}" -D KIND=${fuzz_KIND}
      -D MAX_LEN=${fuzz_MAX_LEN} -D SEEDS=${folder}_seeds -D "DICTIONARY=${dictionaries}" -D WORDS=${folder}.dict
      -P ${CMAKE_CURRENT_FUNCTION_LIST_FILE}
    DEPENDS rollcall::rollcall ${folder}_seeds.list ${files} ${dictionaries}
    COMMENT "Making seeds for ${target}" VERBATIM)
  add_custom_target(${target}_seeds ALL DEPENDS ${folder}.dict)
  add_dependencies(${target} ${target}_seeds rollcall::fuzz_mutator)

  if(NOT fuzz_REGRESSIONS)
    set(fuzz_REGRESSIONS regressions/${fuzz_NAME})
  endif()
  cmake_path(ABSOLUTE_PATH fuzz_REGRESSIONS NORMALIZE)
  set(inputs ${folder}_seeds/${fuzz_KIND})
  file(GLOB regressions CONFIGURE_DEPENDS ${fuzz_REGRESSIONS}/*)
  if(regressions)
    list(APPEND inputs ${fuzz_REGRESSIONS})
  endif()
  # -runs=0: libFuzzer runs every input once and stops.
  add_test(NAME fuzz.${fuzz_NAME} COMMAND ${target} -runs=0 ${inputs})
  set_tests_properties(fuzz.${fuzz_NAME} PROPERTIES TIMEOUT 300)

  if(engine STREQUAL "libfuzzer")
    add_custom_target(${target}_run
      COMMAND ${CMAKE_COMMAND} -E make_directory ${folder}_corpus ${folder}_found
      COMMAND ${CMAKE_COMMAND} -E env UBSAN_OPTIONS=print_stacktrace=1 $<TARGET_FILE:${target}>
        -dict=${folder}.dict -artifact_prefix=${folder}_found/ -max_total_time=${ROLLCALL_FUZZ_SECONDS}
        -max_len=${fuzz_MAX_LEN} -print_final_stats=1 ${folder}_corpus ${inputs}
      USES_TERMINAL VERBATIM)
    add_dependencies(${target}_run ${target})
  else()
    add_custom_target(${target}_run COMMAND ${CMAKE_COMMAND} -E echo
      "${target} has no libFuzzer in it: configure with -D CMAKE_CXX_COMPILER=clang++, or run it by its own engine"
      COMMAND ${CMAKE_COMMAND} -E false VERBATIM)
  endif()
endfunction()
