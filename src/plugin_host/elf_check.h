// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

namespace gnatter::plugin_host {

/// What is wrong with a file that is to be mapped as code, for a sentence that begins with its name ("is cut
/// short"); empty when it is a whole ELF file for this machine. dlopen() of one that is shorter than its
/// headers say kills the process with SIGBUS. A file that shrinks after this look is out of reach.
std::string elf_fault(const std::filesystem::path& file);

}  // namespace gnatter::plugin_host
