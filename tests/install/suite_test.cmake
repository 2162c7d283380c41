# Installs into a folder of its own and has the installed example configured, built and tested: with a sound bot all tests
# pass; with one that forgets something, and with one that dies, they fail and say what was found.
set(work ${BUILD}/tests/install/suite_work)
file(REMOVE_RECURSE ${work})
set(ctest ${CMAKE_CTEST_COMMAND} --test-dir ${work}/build --output-on-failure --no-tests=error -j 4)

function(run)
  execute_process(COMMAND ${ARGV} RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  message("${output}")
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "exit status ${status}: ${ARGV}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

# Builds the example for the sample bot with these arguments, which may be a fault.
function(build_for)
  set(bot ${BOT} --graph {graph} --listen {host}:{port} ${ARGN})
  file(WRITE ${work}/bot.cmake "set(bot \"${bot}\" CACHE STRING \"\" FORCE)\n")
  run(${CMAKE_COMMAND} -S ${work}/prefix/share/rollcall/test_example -B ${work}/build -G Ninja
    -C ${work}/bot.cmake -D CMAKE_CXX_COMPILER=${COMPILER} -D CMAKE_PREFIX_PATH=${work}/prefix
    -D sessions=${work}/sessions)
  run(${CMAKE_COMMAND} --build ${work}/build)
endfunction()

function(expect_failure tests text)
  execute_process(COMMAND ${ctest} -R ${tests} RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  message("${output}")
  string(FIND "${output}" "${text}" found)
  if(status EQUAL 0 OR found EQUAL -1)
    message(FATAL_ERROR "${tests} should fail and say \"${text}\"")
  endif()
endfunction()

file(COPY ${SESSIONS}/incoming-call.session.jsonl ${SESSIONS}/invite-completes.session.jsonl
  DESTINATION ${work}/sessions)
run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${work}/prefix)
build_for()
run(${ctest} -L rollcall)
foreach(name replay.invite-completes gtest.Recorded/Calls.GoAsRecorded/invite_completes)
  string(FIND "${output}" "${name} " found)
  if(found EQUAL -1)
    message(FATAL_ERROR "no test is called ${name}")
  endif()
endforeach()

# A recording that comes later is a test at the next build.
file(COPY_FILE ${work}/sessions/incoming-call.session.jsonl ${work}/sessions/later.session.jsonl)
run(${CMAKE_COMMAND} --build ${work}/build)
run(${ctest} -R "^replay.later$")

build_for(--drop hang-up)
expect_failure("^replay.invite-completes$" "missing request: DELETE /v1.0/communications/calls/")
expect_failure("invite_completes$" "missing request: DELETE /v1.0/communications/calls/")
build_for(--die 3)
expect_failure("^replay.invite-completes$" "bot died: exit status 1 instead of answering POST /api/calls")
expect_failure("invite_completes$" "bot died: exit status 1 instead of answering POST /api/calls")
