// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugin_host/library.h"

#include <dlfcn.h>
#include <elf.h>
#include <sys/stat.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "base/text.h"
#include "base/user_error.h"
#include "plugin_host/elf_check.h"
#include "plugin_host/write_check.h"

namespace gnatter::plugin_host {
namespace {

constexpr const char* symbol = "gnatter_plugin";
constexpr std::size_t longest_reason = 300;

/// Only ever extended at its end: what the first version had.
constexpr std::size_t least_size = offsetof(PluginDescriptor, destroy) + sizeof(PluginDescriptor::destroy);

[[noreturn]] void refuse(const std::filesystem::path& file, const std::string& why) {
  throw base::UserError(
      base::safe_text(file.filename().string() + ' ' + why + ": not loaded. It is " + file.string() + '.'));
}

/// What the loader says of `file`, whose name it puts before its reason.
std::string loader_reason(const std::filesystem::path& file) {
  const char* text = dlerror();
  std::string_view reason = text ? text : "no reason given";
  const std::string name = file.string() + ": ";
  if (reason.starts_with(name)) reason.remove_prefix(name.size());
  return std::string(reason.substr(0, longest_reason));
}

std::size_t size_of_symbol(const void* address) {
  Dl_info info;
  void* entry = nullptr;
  if (dladdr1(address, &info, &entry, RTLD_DL_SYMENT) == 0 || !entry) return 0;
  return static_cast<const Elf64_Sym*>(entry)->st_size;
}

/// What the handshake says against the plugin; empty when nothing.
std::string descriptor_fault(const PluginDescriptor& theirs) {
  const std::size_t size = size_of_symbol(&theirs);
  constexpr const char* broken = "has a broken descriptor (GNATTER_PLUGIN makes a good one)";
  if (size < offsetof(PluginDescriptor, compiler_family)) return broken;
  const auto version = [](std::uint32_t major, std::uint32_t minor) {
    return std::to_string(major) + '.' + std::to_string(minor);
  };
  if (theirs.api_major != plugin_api_major || theirs.api_minor > plugin_api_minor)
    return "was built for interface " + version(theirs.api_major, theirs.api_minor) + ", this is " +
           version(plugin_api_major, plugin_api_minor);
  if (size < least_size || !theirs.compiler_family || !theirs.name || !theirs.version || !theirs.summary ||
      !theirs.create || !theirs.destroy)
    return broken;
  if (std::string_view(theirs.compiler_family) != compiler_family)
    return std::string("was built with another compiler family (") + theirs.compiler_family + "; this is " +
           compiler_family + ')';
  return {};
}

/// A static constructor that throws leaves the loader's state broken, whoever catches it: the program ends
/// here, and says in whose code (base::LastWords). The compiler, which is told that dlopen throws nothing,
/// must not see that it is called.
void* map(const std::filesystem::path& file) noexcept {
  void* (*volatile const open)(const char*, int) = dlopen;
  return open(file.c_str(), RTLD_NOW | RTLD_LOCAL);
}

}  // namespace

void Library::Close::operator()(void* handle) const {
  dlclose(handle);
}

Library::Build Library::build_of(const std::filesystem::path& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) return {};
  return {status.st_dev, status.st_ino, status.st_mtim.tv_sec, status.st_mtim.tv_nsec};
}

bool Library::is_mapped(const std::filesystem::path& file) {
  void* handle = dlopen(file.c_str(), RTLD_LAZY | RTLD_NOLOAD);
  if (handle) dlclose(handle);
  return handle != nullptr;
}

Library::Library(const std::filesystem::path& file_named) : file_(std::filesystem::absolute(file_named)) {
  const auto& file = file_;
  if (const auto fault = elf_fault(file); !fault.empty()) refuse(file, fault);
  if (const auto fault = write_fault(file); !fault.empty())  // it names the place itself
    throw base::UserError(base::safe_text(file.filename().string() + ' ' + fault + ": not loaded."));
  build_ = build_of(file);
  handle_.reset(map(file));
  if (!handle_) refuse(file, "cannot be loaded (" + loader_reason(file) + ')');
  descriptor_ = static_cast<const PluginDescriptor*>(dlsym(handle_.get(), symbol));
  if (!descriptor_) refuse(file, "has no symbol gnatter_plugin, so it is no plugin of gnatter");
  if (const auto fault = descriptor_fault(*descriptor_); !fault.empty()) refuse(file, fault);
}

}  // namespace gnatter::plugin_host
