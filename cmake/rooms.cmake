# SPDX-License-Identifier: GPL-3.0-or-later

# A room of the house: one static library whose link line is its row in src/README.md.
#   gnatter_room(NAME SOURCES file... ROOMS room... LIBRARIES library...)
function(gnatter_room name)
  cmake_parse_arguments(PARSE_ARGV 1 ROOM "" "" "SOURCES;ROOMS;LIBRARIES")
  add_library(gnatter_${name} STATIC ${ROOM_SOURCES})
  target_include_directories(gnatter_${name} PUBLIC ${PROJECT_SOURCE_DIR}/src)
  list(TRANSFORM ROOM_ROOMS PREPEND gnatter_)
  target_link_libraries(gnatter_${name} PUBLIC gnatter_options ${ROOM_ROOMS} PRIVATE ${ROOM_LIBRARIES})
endfunction()

# A plugin: include/ alone on its path, one exported symbol, and no gcc "unique" symbols, which would keep an old
# copy mapped after dlclose.
#   gnatter_plugin(NAME SOURCES file...)
function(gnatter_plugin name)
  cmake_parse_arguments(PARSE_ARGV 1 PLUGIN "" "" "SOURCES")
  add_library(plugin_${name} MODULE ${PLUGIN_SOURCES})
  set_target_properties(plugin_${name} PROPERTIES PREFIX "" OUTPUT_NAME ${name}
                        LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/plugins)
  target_link_libraries(plugin_${name} PRIVATE gnatter_options)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(plugin_${name} PRIVATE -fno-gnu-unique)
  endif()
  if(NOT GNATTER_SANITIZE)
    target_link_options(plugin_${name} PRIVATE -Wl,-z,defs)
  endif()
endfunction()
