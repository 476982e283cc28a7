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

include(${CMAKE_CURRENT_LIST_DIR}/gnatter_plugin.cmake)

# A plugin of this tree: as an outsider's, with our warnings and sanitizers, in the build tree's plugins/.
#   gnatter_plugin(NAME SOURCES file...)
function(gnatter_plugin name)
  gnatter_add_plugin(${name} ${ARGN})
  set_target_properties(plugin_${name} PROPERTIES LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/plugins)
  target_link_libraries(plugin_${name} PRIVATE gnatter_options)
  add_dependencies(programs plugin_${name})
endfunction()
