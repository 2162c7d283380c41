# Installs into a folder of its own, builds the consumer against it, and runs the consumer on a sample session.
set(work ${BUILD}/tests/install/work)
file(REMOVE_RECURSE ${work})

function(run)
  execute_process(COMMAND ${ARGV} COMMAND_ERROR_IS_FATAL ANY OUTPUT_VARIABLE output ERROR_VARIABLE output)
  message("${output}")
  set(output "${output}" PARENT_SCOPE)
endfunction()

run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${work}/prefix)
run(${CMAKE_COMMAND} -S ${SOURCE} -B ${work}/build -G Ninja -D CMAKE_CXX_COMPILER=${COMPILER}
  -D CMAKE_PREFIX_PATH=${work}/prefix)
run(${CMAKE_COMMAND} --build ${work}/build)
run(${work}/build/consumer ${SESSION})
if(NOT output MATCHES "incoming-call: [1-9][0-9]* exchanges, same")
  message(FATAL_ERROR "the consumer printed something else")
endif()
run(${work}/prefix/bin/rollcall --version)
