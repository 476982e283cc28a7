// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugin_host/library.h"

#include <dlfcn.h>
#include <elf.h>

#include <cstring>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "base/user_error.h"

namespace gnatter::plugin_host {
namespace {

#if defined(__x86_64__)
constexpr Elf64_Half our_machine = EM_X86_64;
#elif defined(__aarch64__)
constexpr Elf64_Half our_machine = EM_AARCH64;
#else
constexpr Elf64_Half our_machine = EM_NONE;  // not checked
#endif

[[noreturn]] void refuse(const std::filesystem::path& file, const std::string& why) {
  throw base::UserError(file.filename().string() + ' ' + why + ": not loaded. It is " + file.string() + '.');
}

/// dlopen() of a file that is shorter than its segments kills the process with SIGBUS, so the headers are
/// read first.
void check_elf(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  Elf64_Ehdr header;
  if (!in.read(reinterpret_cast<char*>(&header), sizeof header))
    refuse(file, "cannot be read or is cut short");
  if (std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0 || header.e_ident[EI_CLASS] != ELFCLASS64 ||
      header.e_phentsize != sizeof(Elf64_Phdr))
    refuse(file, "is no shared object");
  if (our_machine != EM_NONE && header.e_machine != our_machine)
    refuse(file, "was built for another machine");
  std::vector<Elf64_Phdr> segments(header.e_phnum);
  in.seekg(static_cast<std::streamoff>(header.e_phoff));
  const auto wanted = static_cast<std::streamsize>(segments.size() * sizeof(Elf64_Phdr));
  if (!in.read(reinterpret_cast<char*>(segments.data()), wanted)) refuse(file, "is cut short");
  const std::uintmax_t size = std::filesystem::file_size(file);
  for (const Elf64_Phdr& segment : segments)
    if (segment.p_filesz > size || segment.p_offset > size - segment.p_filesz) refuse(file, "is cut short");
}

}  // namespace

void Library::Close::operator()(void* handle) const {
  dlclose(handle);
}

Library::Library(const std::filesystem::path& file) : file_(file) {
  check_elf(file);
  handle_.reset(dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL));
  if (!handle_) {
    const char* why = dlerror();
    refuse(file, std::string("cannot be loaded (") + (why ? why : "no reason given") + ')');
  }
  descriptor_ = static_cast<const PluginDescriptor*>(dlsym(handle_.get(), "gnatter_plugin"));
  if (!descriptor_) refuse(file, "has no symbol gnatter_plugin, so it is no plugin of gnatter");
  const auto& theirs = *descriptor_;
  if (theirs.api_major != plugin_api_major || theirs.api_minor > plugin_api_minor)
    refuse(file, "was built for interface " + std::to_string(theirs.api_major) + '.' +
                     std::to_string(theirs.api_minor) + ", this is " + std::to_string(plugin_api_major) +
                     '.' + std::to_string(plugin_api_minor));
  if (std::string_view(theirs.compiler_family) != compiler_family)
    refuse(file, std::string("was built with another compiler family (") + theirs.compiler_family +
                     "; this is " + compiler_family + ')');
}

}  // namespace gnatter::plugin_host
