// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a plugin holds. A plugin is a class derived from Plugin whose constructor takes a Host, made known by
// the GNATTER_PLUGIN line at the end of its one source file. It is loaded by construction and unloaded by
// destruction.
//
// Thread: everything here, both ways, on the client's one thread. A callback that takes long stops the
// client. Lifetime: views and references given to a callback live for that call; the Host lives as long as
// the plugin. Ids are never used again. Errors: an exception thrown by a constructor refuses the load with
// its what() as the sentence; one thrown by a callback stops at the border and is told with the plugin's
// name; a plugin that fails three times within ten minutes is switched off. Nothing here throws towards a
// plugin. Registrations: each returns a Subscription; what is left at unload is revoked by the host.
// Versions: a plugin loads when the major versions are equal and the host's minor is not below the plugin's.

#include <cstdint>
#include <memory>

#include "gnatter/events.h"
#include "gnatter/host.h"
#include "gnatter/network.h"
#include "gnatter/protocol.h"
#include "gnatter/subscription.h"
#include "gnatter/throttle.h"
#include "gnatter/values.h"

namespace gnatter {

inline constexpr std::uint32_t plugin_api_major = 1;
inline constexpr std::uint32_t plugin_api_minor = 2;

/// What a plugin derives from.
class Plugin {
 public:
  virtual ~Plugin() = default;
};

/// The handshake, read before anything of the plugin runs. Only ever extended at its end.
struct PluginDescriptor {
  std::uint32_t api_major;
  std::uint32_t api_minor;
  const char* compiler_family;
  const char* name;
  const char* version;
  const char* summary;
  Plugin* (*create)(Host&);
  void (*destroy)(Plugin*);
};

/// Names the C++ ABI and standard library: both sides of the border must agree on them.
#if defined(__GLIBCXX__) && _GLIBCXX_USE_CXX11_ABI
inline constexpr const char* compiler_family = "Itanium C++ ABI, libstdc++ (cxx11)";
#elif defined(__GLIBCXX__)
inline constexpr const char* compiler_family = "Itanium C++ ABI, libstdc++ (before cxx11)";
#else
inline constexpr const char* compiler_family = "Itanium C++ ABI, other standard library";
#endif

}  // namespace gnatter

/// The one exported symbol, `gnatter_plugin`: GNATTER_PLUGIN(Presence, "presence", "1.0", "who is here")
#define GNATTER_PLUGIN(Class, plugin_name, plugin_version, plugin_summary)                             \
  extern "C" __attribute__((visibility("default"))) const gnatter::PluginDescriptor gnatter_plugin;    \
  const gnatter::PluginDescriptor gnatter_plugin = {                                                   \
      gnatter::plugin_api_major,                                                                       \
      gnatter::plugin_api_minor,                                                                       \
      gnatter::compiler_family,                                                                        \
      plugin_name,                                                                                     \
      plugin_version,                                                                                  \
      plugin_summary,                                                                                  \
      [](gnatter::Host& host) -> gnatter::Plugin* { return std::make_unique<Class>(host).release(); }, \
      [](gnatter::Plugin* plugin) { std::default_delete<gnatter::Plugin>()(plugin); }};
