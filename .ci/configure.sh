# How the scripts configure a build. Sourced by demo.sh, test.sh and .ci/run; defines a name and runs nothing.

# configure PRESET FOLDER [OPTIONS…]: a folder that is new will be built from nothing, which is faster in batches
# (cmake/project_options.cmake). One that is there stays as its owner configured it.
configure() {
  local batches=()
  [ -e "$2/CMakeCache.txt" ] || [ -n "${CMAKE_CXX_COMPILER_LAUNCHER:-}" ] || batches=(-D ROLLCALL_BATCHES=ON)
  cmake --preset "$1" -B "$2" "${batches[@]}" "${@:3}"
}
