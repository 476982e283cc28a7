// SPDX-License-Identifier: GPL-3.0-or-later
// Plugins that are not to be loaded, one a variant: the wrong interface, the wrong compiler, the wrong
// symbol, a symbol with less behind it, a function that nobody has.

#include "gnatter/plugin.h"

void gnatter_test_nowhere();

namespace {

class Unfit final : public gnatter::Plugin {};

[[maybe_unused]] gnatter::Plugin* create(gnatter::Host&) {
#if defined(VARIANT_NOT_LINKED)
  gnatter_test_nowhere();
#endif
  return std::make_unique<Unfit>().release();
}
[[maybe_unused]] void destroy(gnatter::Plugin* plugin) {
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
constexpr std::uint32_t major_version = gnatter::plugin_api_major;
[[maybe_unused]] constexpr std::uint32_t minor_version = gnatter::plugin_api_minor;
#endif

#if defined(VARIANT_OTHER_COMPILER)
constexpr const char* family = "Another C++ ABI";
#else
constexpr const char* family = gnatter::compiler_family;
#endif

#if defined(VARIANT_NO_NAME)
constexpr const char* plugin_name = nullptr;
#else
constexpr const char* plugin_name = "unfit";
#endif

#if defined(VARIANT_NO_FUNCTION)
constexpr auto creator = nullptr;
#else
constexpr auto creator = &create;
#endif

#if defined(VARIANT_TINY)
using Symbol = std::uint32_t;
[[maybe_unused]] constexpr const void* unused[] = {family, plugin_name};
[[maybe_unused]] constexpr auto unused_function = creator;
#define CONTENT major_version
#else
using Symbol = gnatter::PluginDescriptor;
#define CONTENT \
  { major_version, minor_version, family, plugin_name, "1.0", "is not to be loaded", creator, &destroy }
#endif

extern "C" __attribute__((visibility("default"))) const Symbol SYMBOL;
const Symbol SYMBOL = CONTENT;
