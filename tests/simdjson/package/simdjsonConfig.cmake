# simdjson as run.sh has compiled it, in the place of the system's package.
if(NOT EXISTS "${SIMDJSON_LIBRARY}")
  message(FATAL_ERROR "SIMDJSON_LIBRARY names no library: ${SIMDJSON_LIBRARY}")
endif()
if(NOT TARGET simdjson::simdjson)
  add_library(simdjson::simdjson STATIC IMPORTED)
  set_target_properties(simdjson::simdjson PROPERTIES
    IMPORTED_LOCATION "${SIMDJSON_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${CMAKE_CURRENT_LIST_DIR}/../node_modules/@nozbe/simdjson/src")
endif()
