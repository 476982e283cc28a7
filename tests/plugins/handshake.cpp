// SPDX-License-Identifier: GPL-3.0-or-later
// Plugins that are not to be loaded, one a variant: the wrong interface, the wrong compiler, the wrong
// symbol.

#include "gnatter/plugin.h"

namespace {

class Unfit final : public gnatter::Plugin {};

gnatter::Plugin* create(gnatter::Host&) {
  return std::make_unique<Unfit>().release();
}
void destroy(gnatter::Plugin* plugin) {
  std::default_delete<gnatter::Plugin>()(plugin);
}

}  // namespace

#if defined(VARIANT_NO_SYMBOL)
#define SYMBOL gnatter_plugout
#else
#define SYMBOL gnatter_plugin
#endif

#if defined(VARIANT_NEXT_MAJOR)
constexpr std::uint32_t major_version = gnatter::plugin_api_major + 1, minor_version = 0;
#elif defined(VARIANT_NEXT_MINOR)
constexpr std::uint32_t major_version = gnatter::plugin_api_major,
                        minor_version = gnatter::plugin_api_minor + 1;
#else
constexpr std::uint32_t major_version = gnatter::plugin_api_major, minor_version = gnatter::plugin_api_minor;
#endif

#if defined(VARIANT_OTHER_COMPILER)
constexpr const char* family = "Another C++ ABI";
#else
constexpr const char* family = gnatter::compiler_family;
#endif

extern "C" __attribute__((visibility("default"))) const gnatter::PluginDescriptor SYMBOL;
const gnatter::PluginDescriptor SYMBOL = {major_version, minor_version,         family, "unfit",
                                          "1.0",         "is not to be loaded", create, destroy};
