# SPDX-License-Identifier: GPL-3.0-or-later
# What authors of plugins find: the headers, the package gnatter for find_package(), the samples, the manual.
include(CMakePackageConfigHelpers)

add_library(gnatter_plugin_api INTERFACE)
add_library(gnatter::plugin_api ALIAS gnatter_plugin_api)
set_target_properties(gnatter_plugin_api PROPERTIES EXPORT_NAME plugin_api)
target_compile_features(gnatter_plugin_api INTERFACE cxx_std_20)
target_include_directories(gnatter_plugin_api INTERFACE $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
                                                        $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)

set(GNATTER_INSTALLED_PLUGINS ${CMAKE_INSTALL_LIBDIR}/gnatter/plugins)
set(package ${CMAKE_INSTALL_LIBDIR}/cmake/gnatter)
configure_package_config_file(cmake/gnatterConfig.cmake.in ${PROJECT_BINARY_DIR}/generated/gnatterConfig.cmake
  INSTALL_DESTINATION ${package} PATH_VARS GNATTER_INSTALLED_PLUGINS)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/generated/gnatterConfigVersion.cmake
  COMPATIBILITY SameMajorVersion)
install(FILES ${PROJECT_BINARY_DIR}/generated/gnatterConfig.cmake
              ${PROJECT_BINARY_DIR}/generated/gnatterConfigVersion.cmake cmake/gnatter_plugin.cmake
        DESTINATION ${package})
install(TARGETS gnatter_plugin_api EXPORT gnatter)
install(EXPORT gnatter NAMESPACE gnatter:: FILE gnatterTargets.cmake DESTINATION ${package})

install(DIRECTORY include/gnatter DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.h")
install(DIRECTORY plugins/examples DESTINATION ${CMAKE_INSTALL_DOCDIR}/plugins)
install(FILES plugins/README.md DESTINATION ${CMAKE_INSTALL_DOCDIR}/plugins)
install(FILES man/gnatter-plugin.7 DESTINATION ${CMAKE_INSTALL_MANDIR}/man7)
