// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/types.h>

#include <ctime>
#include <filesystem>
#include <memory>

#include "gnatter/plugin.h"

namespace gnatter::plugin_host {

/// A plugin's shared object, mapped and found fit to run: a whole ELF file, the one symbol, our interface's
/// version, our compiler family. Unmapped when destroyed, which must come after everything that runs its
/// code. One thread.
class Library {
 public:
  /// Throws base::UserError with a sentence that names the file and what is wrong with it.
  explicit Library(const std::filesystem::path& file);

  /// Which version of a file it is: whoever builds it anew makes another one.
  struct Build {
    dev_t device = 0;
    ino_t number = 0;
    time_t seconds = 0;
    long nanoseconds = 0;
    bool operator==(const Build&) const = default;
  };
  [[nodiscard]] static Build build_of(const std::filesystem::path& file);
  /// Whether code of that name is in memory: then a Library of it runs that, whatever the file holds by now.
  [[nodiscard]] static bool is_mapped(const std::filesystem::path& file);

  [[nodiscard]] const Build& build() const { return build_; }
  [[nodiscard]] const PluginDescriptor& descriptor() const { return *descriptor_; }
  [[nodiscard]] const std::filesystem::path& file() const { return file_; }

 private:
  struct Close {
    void operator()(void* handle) const;
  };
  std::filesystem::path file_;
  Build build_;
  std::unique_ptr<void, Close> handle_;
  const PluginDescriptor* descriptor_ = nullptr;
};

}  // namespace gnatter::plugin_host
