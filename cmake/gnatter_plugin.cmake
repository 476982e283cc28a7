# SPDX-License-Identifier: GPL-3.0-or-later
# How a plugin is built, in gnatter's tree and outside of it: NAME.so, with one exported symbol, nothing to link, and
# no gcc "unique" symbols, which would keep an old copy mapped after dlclose, so that a reload ran old code.
#   gnatter_add_plugin(NAME SOURCES file...)
# makes the target plugin_NAME. Where GNATTER_PLUGIN_INSTALL_DIR is set, it is installed there.
function(gnatter_add_plugin name)
  cmake_parse_arguments(PARSE_ARGV 1 PLUGIN "" "" "SOURCES")
  add_library(plugin_${name} MODULE ${PLUGIN_SOURCES})
  set_target_properties(plugin_${name} PROPERTIES PREFIX "" SUFFIX ".so" OUTPUT_NAME ${name} CXX_EXTENSIONS OFF
                        CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
  target_link_libraries(plugin_${name} PRIVATE gnatter::plugin_api)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(plugin_${name} PRIVATE -fno-gnu-unique)
  endif()
  # What is missing is told by the linker; a sanitizer's symbols come with the program.
  if(NOT "${GNATTER_SANITIZE} ${CMAKE_CXX_FLAGS} ${CMAKE_MODULE_LINKER_FLAGS}" MATCHES "address|undefined|thread|-fsanitize")
    target_link_options(plugin_${name} PRIVATE -Wl,-z,defs)
  endif()
  if(GNATTER_PLUGIN_INSTALL_DIR)
    install(TARGETS plugin_${name} LIBRARY DESTINATION ${GNATTER_PLUGIN_INSTALL_DIR})
  endif()
endfunction()
