# SPDX-License-Identifier: GPL-3.0-or-later
# Warnings, sanitizers and hardening of our own targets.

add_library(gnatter_options INTERFACE)
target_compile_options(gnatter_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion)
if(GNATTER_WERROR)
  target_compile_options(gnatter_options INTERFACE -Werror)
endif()
target_include_directories(gnatter_options INTERFACE ${PROJECT_SOURCE_DIR}/include)

if(GNATTER_SANITIZE)
  target_compile_options(gnatter_options INTERFACE -fsanitize=${GNATTER_SANITIZE} -fno-sanitize-recover=all
                                                   -fno-omit-frame-pointer -g1)
  target_link_options(gnatter_options INTERFACE -fsanitize=${GNATTER_SANITIZE})
else()
  target_compile_options(gnatter_options INTERFACE -fstack-protector-strong -fstack-clash-protection)
  target_compile_options(gnatter_options INTERFACE $<$<CONFIG:Release>:-U_FORTIFY_SOURCE;-D_FORTIFY_SOURCE=3>)
  target_link_options(gnatter_options INTERFACE -Wl,-z,relro,-z,now,-z,noexecstack)
endif()
