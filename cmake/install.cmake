# What `cmake --install` gives: the executable, the libraries, their headers, and a package for find_package(rollcall).
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/rollcall)

# A folder's library is installed once the folder is there; nothing else names the folders twice.
set(libraries)
foreach(library corpus replay harness suite fuzz_mutator)
  if(TARGET rollcall_${library})
    list(APPEND libraries rollcall_${library})
  endif()
endforeach()
install(TARGETS ${libraries} EXPORT rollcall ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
if(TARGET rollcall)
  install(TARGETS rollcall EXPORT rollcall RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()

foreach(folder corpus replay harness fuzz)
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/${folder} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/rollcall
    FILES_MATCHING PATTERN "*.h" PATTERN targets EXCLUDE PATTERN example EXCLUDE PATTERN sessions EXCLUDE PATTERN regressions EXCLUDE)
endforeach()

# The kit for fuzzing a parser of one's own: a main for compilers without libFuzzer, an example, recordings to begin with.
install(TARGETS rollcall_fuzz_main EXPORT rollcall)
install(FILES ${PROJECT_SOURCE_DIR}/fuzz/FUZZING.md ${PROJECT_SOURCE_DIR}/harness/TESTING.md
  ${PROJECT_SOURCE_DIR}/fuzz/standalone_main.cpp
  DESTINATION ${CMAKE_INSTALL_DATADIR}/rollcall)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/fuzz/example ${PROJECT_SOURCE_DIR}/corpus/sessions
  DESTINATION ${CMAKE_INSTALL_DATADIR}/rollcall)

install(DIRECTORY ${PROJECT_SOURCE_DIR}/harness/example/ DESTINATION ${CMAKE_INSTALL_DATADIR}/rollcall/test_example)

install(EXPORT rollcall NAMESPACE rollcall:: DESTINATION ${package_dir} FILE rollcallTargets.cmake)
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/rollcallConfig.cmake.in
  ${PROJECT_BINARY_DIR}/rollcallConfig.cmake INSTALL_DESTINATION ${package_dir})
# Before 1.0 any release may change an interface, so a consumer gets the minor version it asked for.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/rollcallConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_LIST_DIR}/rollcall_add_fuzz_target.cmake ${CMAKE_CURRENT_LIST_DIR}/Findcjose.cmake
  ${CMAKE_CURRENT_LIST_DIR}/rollcall_add_replay_tests.cmake
  ${PROJECT_BINARY_DIR}/rollcallConfig.cmake ${PROJECT_BINARY_DIR}/rollcallConfigVersion.cmake
  DESTINATION ${package_dir})
