// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

namespace gnatter::plugin_host {

/// Why others could put their code where ours is read from, for a sentence that begins with the file's name:
/// "can be changed by others (chmod go-w FILE)". Empty when the file, its folder, and those of a file that it
/// is a link to, belong to root, to us or to the program's owner, and nobody else may write there. The group
/// may where it is its owner's own: of the same name, and with no other member.
std::string write_fault(const std::filesystem::path& file);

}  // namespace gnatter::plugin_host
