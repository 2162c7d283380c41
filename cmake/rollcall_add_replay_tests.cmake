# Replays of your recordings as tests of your own suite. harness/TESTING.md tells the story; in short:
#
#   rollcall_add_replay_tests(SESSIONS sessions BOT my_bot --graph {graph} --port {port})
#
#   SESSIONS  session files, or folders that hold some: one test for each, named after its file. What comes into a folder
#             later becomes a test at the next build
#   BOT       the bot's command: a target of yours or a program, and its arguments. {graph}, {bot}, {host} and {port} in
#             them are replaced by the addresses; each test has ports of its own, so that all can run at once
#   ARGS      more options for `rollcall replay`: --asap, --ignore POINTER, …
#   NAME      what the tests' names begin with, before a point; replay if not given
#   LABELS    for `ctest -L`, beside rollcall
#   TIMEOUT   seconds for each test, 300 if not given
#   WORKING_DIRECTORY  where the bot starts; that of add_test if not given
#
# A test fails if the bot does something else than in the recording, dies, or does not start: its output says what.

# One word for the shell, whatever is in it.
function(rollcall_quote word result)
  string(REPLACE "'" "'\\''" word "${word}")
  set(${result} "'${word}'" PARENT_SCOPE)
endfunction()

# All session files of `paths`, and for each its name, "sub/first-call", in two lists that go together.
function(rollcall_find_sessions files names)
  set(found)
  set(named)
  foreach(path ${ARGN})
    cmake_path(ABSOLUTE_PATH path NORMALIZE)
    if(NOT EXISTS ${path})
      message(FATAL_ERROR "rollcall_add_replay_tests: SESSIONS ${path} is not there")
    endif()
    set(inside ${path})
    set(folder ${path})
    if(IS_DIRECTORY ${path})
      file(GLOB_RECURSE inside CONFIGURE_DEPENDS LIST_DIRECTORIES false ${path}/*.session.jsonl)
    else()
      cmake_path(GET path PARENT_PATH folder)
    endif()
    if(NOT inside)
      message(FATAL_ERROR "rollcall_add_replay_tests: SESSIONS ${path} has no *.session.jsonl in it")
    endif()
    foreach(file ${inside})
      cmake_path(RELATIVE_PATH file BASE_DIRECTORY ${folder} OUTPUT_VARIABLE name)
      string(REGEX REPLACE "\\.session\\.jsonl$" "" name "${name}")
      list(APPEND found ${file})
      list(APPEND named ${name})
    endforeach()
  endforeach()
  set(${files} "${found}" PARENT_SCOPE)
  set(${names} "${named}" PARENT_SCOPE)
endfunction()

function(rollcall_add_replay_tests)
  cmake_parse_arguments(PARSE_ARGV 0 replay "" "NAME;TIMEOUT;WORKING_DIRECTORY" "SESSIONS;BOT;ARGS;LABELS")
  foreach(needed SESSIONS BOT)
    if(NOT replay_${needed})
      message(FATAL_ERROR "rollcall_add_replay_tests(${replay_NAME}): ${needed} is missing")
    endif()
  endforeach()
  if(replay_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "rollcall_add_replay_tests(${replay_NAME}): what is ${replay_UNPARSED_ARGUMENTS}?")
  endif()
  if(NOT replay_NAME)
    set(replay_NAME replay)
  endif()
  if(NOT replay_TIMEOUT)
    set(replay_TIMEOUT 300)
  endif()

  list(POP_FRONT replay_BOT program)
  if(TARGET ${program})
    set(program $<TARGET_FILE:${program}>)
  endif()
  rollcall_quote("${program}" command)
  foreach(argument IN LISTS replay_BOT)
    rollcall_quote("${argument}" argument)
    string(APPEND command " ${argument}")
  endforeach()
  set(where)
  if(replay_WORKING_DIRECTORY)
    set(where WORKING_DIRECTORY ${replay_WORKING_DIRECTORY})
  endif()

  rollcall_find_sessions(files names ${replay_SESSIONS})
  foreach(file name IN ZIP_LISTS files names)
    # `exec`: no shell stays between, so that how the bot ended is told as it was.
    add_test(NAME ${replay_NAME}.${name} ${where}
      COMMAND rollcall::rollcall replay ${file} --exec "exec ${command}" ${replay_ARGS})
    set_tests_properties(${replay_NAME}.${name} PROPERTIES
      TIMEOUT ${replay_TIMEOUT} LABELS "rollcall;${replay_LABELS}")
  endforeach()
endfunction()
